window.YTD.tweets.part0 = [
  {
    "tweet" : {
      "edit_info" : { "initial" : { "editTweetIds" : [ "1750000000000000001" ] } },
      "retweeted" : false,
      "entities" : { "hashtags" : [ ], "user_mentions" : [ { "name" : "Dinas Contoh", "screen_name" : "dinas_contoh" } ] },
      "favorite_count" : "2",
      "id_str" : "1750000000000000001",
      "in_reply_to_screen_name" : "dinas_contoh",
      "created_at" : "Sat Jan 31 02:15:00 +0000 2026",
      "full_text" : "@dinas_contoh lampu jalan mati &amp; gelap, tolong &lt;segera&gt;",
      "lang" : "in"
    }
  },
  {
    "tweet" : {
      "id_str" : "1750000000000000002",
      "created_at" : "Sun Feb 01 02:15:00 +0000 2026",
      "full_text" : "RT @warga_contoh: Jalan berlubang di depan pasar"
    }
  }
]
