// Says so when the form's modules cannot be loaded or understood, which they cannot say themselves. A classic script on
// purpose: it must run where modules fail. `main.js` sets `data-suggestions` as soon as it runs.
window.addEventListener("load", function () {
  var page = document.documentElement;
  if (page.dataset.suggestions) return;
  page.dataset.suggestions = "none";
  var status = document.getElementById("status");
  if (status) status.textContent = "Saran tidak tersedia; laporan tetap bisa dikirim.";
});
