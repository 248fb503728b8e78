// fastText's own library as a program of the bench; compiled together with its sources by ../setup.py.
//
//   fasttext-peer train MODEL ROWS supervised ARGUMENTS...   as `fasttext supervised`, in the end on ROWS
//   fasttext-peer shrink MODEL FROM quantize ARGUMENTS...    as `fasttext quantize` of the model FROM
//   fasttext-peer serve MODEL LABELS TEXTS                   see ../README.md for the words it answers
#include <autotune.h>
#include <fasttext.h>

#include <chrono>
#include <cmath>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <sstream>

using Clock = std::chrono::steady_clock;
using fasttext::Args;
using fasttext::FastText;

static double since(Clock::time_point began) {
  return std::chrono::duration<double>(Clock::now() - began).count();
}

static std::vector<std::string> linesOf(const std::string& path) {
  std::ifstream in(path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

static Args parsed(std::vector<std::string> words) {
  words.insert(words.begin(), "fasttext");
  Args args;
  args.parseArgs(words);
  return args;
}

// The settings that autotune finds. Its own last training with them may meet a NaN; they are known by then.
static Args autotuned(const Args& args) {
  auto learner = std::make_shared<FastText>();
  try {
    fasttext::Autotune(learner).train(args);
  } catch (const fasttext::DenseMatrix::EncounteredNaNError&) {
    std::cerr << "autotune met a NaN" << std::endl;
  }
  return learner->getArgs();
}

// Trains on `rows`; where a NaN is met, again at half the learning rate, five times.
static void learn(FastText& learner, Args args, const std::string& rows) {
  args.input = rows;
  for (int halved = 0; halved < 5; halved++, args.lr /= 2) {
    try {
      return learner.train(args);
    } catch (const fasttext::DenseMatrix::EncounteredNaNError&) {
      std::cerr << "a NaN at learning rate " << args.lr << std::endl;
    }
  }
  learner.train(args);
}

static int train(const std::string& model, const std::string& rows, const std::vector<std::string>& words) {
  Args args = parsed(words);
  auto began = Clock::now();
  if (args.hasAutotune()) args = autotuned(args);
  auto learner = FastText();
  learn(learner, args, rows);
  std::cout << "\ntrained " << since(began) << " dim=" << args.dim << " lr=" << args.lr << " epoch=" << args.epoch
            << " wordNgrams=" << args.wordNgrams << " minn=" << args.minn << " maxn=" << args.maxn
            << " bucket=" << args.bucket << std::endl;
  learner.saveModel(model);
  return 0;
}

static int shrink(const std::string& model, const std::string& from, const std::vector<std::string>& words) {
  FastText learner;
  learner.loadModel(from);
  Args args = parsed(words);
  auto began = Clock::now();
  learner.quantize(args);
  std::cout << "\ntrained " << since(began) << std::endl;
  learner.saveModel(model);
  return 0;
}

// A loaded model and the texts it is asked about.
class Server {
 public:
  Server(const std::string& labels, const std::string& texts) : labels_(linesOf(labels)), texts_(linesOf(texts)) {
    for (auto& text : texts_) text += '\n';  // fastText ends a text with its mark for the end of a line
  }

  void load(const std::string& model) {
    auto began = Clock::now();
    learner_.loadModel(model);
    auto taken = since(began);
    std::map<std::string, int> places;
    for (size_t at = 0; at < labels_.size(); at++) places["__label__" + labels_[at]] = at;
    auto words = learner_.getDictionary();
    for (int at = 0; at < words->nlabels(); at++) places_.push_back(places.at(words->getLabel(at)));
    std::cout << "ready " << taken << std::endl;
  }

  std::string answer(const std::string& path) {
    std::ofstream out(path);
    for (auto& text : texts_) {
      std::vector<float> row(labels_.size(), 0);
      size_t best = 0;
      for (auto& found : predict(text, labels_.size())) row[places_[found.second]] = std::exp(found.first);
      for (size_t at = 1; at < row.size(); at++) best = row[at] > row[best] ? at : best;
      out << best;
      for (float p : row) out << ' ' << p;
      out << '\n';
    }
    return "answer " + std::to_string(texts_.size());
  }

  std::string one(double seconds) {
    std::ostringstream line;
    line << "one";
    auto start = Clock::now();
    for (auto& text : texts_) {
      auto began = Clock::now();
      predict(text, 1);
      auto taken = Clock::now() - began;
      line << ' ' << std::chrono::duration_cast<std::chrono::nanoseconds>(taken).count();
      if (since(start) > seconds) break;
    }
    return line.str();
  }

  std::string batch(double seconds) {
    auto began = Clock::now();
    size_t done = 0;
    for (; since(began) < seconds; done += texts_.size()) {
      for (auto& text : texts_) predict(text, 1);
    }
    return "batch " + std::to_string(done) + " " + std::to_string(since(began));
  }

 private:
  fasttext::Predictions predict(const std::string& text, int k) {
    in_.clear();
    in_.str(text);
    fasttext::Predictions found;
    learner_.getDictionary()->getLine(in_, words_, ignored_);
    learner_.predict(k, words_, found, 0);
    return found;
  }

  FastText learner_;
  std::vector<std::string> labels_, texts_;
  std::vector<int> places_;
  std::istringstream in_;
  std::vector<int32_t> words_, ignored_;
};

static std::string memory() {
  for (auto& line : linesOf("/proc/self/status")) {
    if (line.rfind("VmHWM:", 0) == 0) return "memory " + std::to_string(std::stol(line.substr(6)));
  }
  return "memory 0";
}

static int serve(const std::string& model, const std::string& labels, const std::string& texts) {
  Server server(labels, texts);
  server.load(model);
  for (std::string line; std::getline(std::cin, line);) {
    auto tab = line.find('\t');
    auto word = line.substr(0, tab), rest = tab == std::string::npos ? "" : line.substr(tab + 1);
    std::string told = word == "answer" ? server.answer(rest)
        : word == "one"                 ? server.one(std::stod(rest))
        : word == "batch"               ? server.batch(std::stod(rest))
                                        : memory();
    std::cout << told << std::endl;
  }
  return 0;
}

int main(int count, char** given) {
  std::vector<std::string> words(given + 1, given + count);
  if (words.size() > 3 && words[0] == "train") return train(words[1], words[2], {words.begin() + 3, words.end()});
  if (words.size() > 3 && words[0] == "shrink") return shrink(words[1], words[2], {words.begin() + 3, words.end()});
  if (words.size() == 4 && words[0] == "serve") return serve(words[1], words[2], words[3]);
  std::cerr << "expected train, shrink or serve" << std::endl;
  return 2;
}
