#include "cli/progress.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "cli/readable.h"
#include "cli/text_table.h"

namespace ffwd {
namespace {

constexpr double kRedrawSeconds = 0.1;
constexpr double kLineSeconds = 2.0;
constexpr std::size_t kWidestBar = 30;

std::string losses(const EpochRecord& record) {
  std::string text = "loss " + readable(record.train_loss);
  if (std::isfinite(record.valid_loss)) text += "  valid " + readable(record.valid_loss);
  if (std::isfinite(record.valid_score)) text += " " + readable(record.valid_score);
  if (record.sparsity > 0) text += "  sparsity " + readable(record.sparsity);
  return text + "  rate " + readable(record.learning_rate);
}

/// Rounded up: a guess has no milliseconds.
std::string whole_seconds(double seconds) {
  return seconds < 59 ? fmt::format("{:.0f} s", std::ceil(seconds)) : readable_seconds(seconds);
}

}  // namespace

Progress::Progress(const Console& console, std::size_t epochs, const Networks& networks)
    : console_(console), epochs_(epochs), networks_(networks), started_(console.clock()), shown_(started_) {}

Progress::~Progress() { clear(); }

std::size_t Progress::epochs_of(const EpochRecord& record) const { return record.epochs > 0 ? record.epochs : epochs_; }

double Progress::share_done(double more) const {
  double sum = more / static_cast<double>(epochs_of(last_));
  for (const auto& [network, share] : share_of_) sum += share;
  return std::min(sum / static_cast<double>(networks_.count()), 1.0);
}

void Progress::on_step(std::size_t step, std::size_t steps) {
  if (!console_.err_screen.terminal || steps == 0) return;
  draw(share_done(std::min(static_cast<double>(step) / static_cast<double>(steps), 1.0)));
}

void Progress::on_epoch(const EpochRecord& record) {
  double& share = share_of_[{record.fold, record.penalty, record.member, record.start}];
  share = record.last ? 1 : static_cast<double>(record.epoch) / static_cast<double>(epochs_of(record));
  last_ = record;
  if (console_.err_screen.terminal) {
    draw(share_done());
  } else {
    write_line(record);
  }
}

void Progress::clear() {
  if (drawn_) console_.err << "\r\033[K" << std::flush;
  drawn_ = false;
}

void Progress::draw(double share) {
  const double now = console_.clock();
  if (now - shown_ < kRedrawSeconds) return;
  shown_ = now;
  const std::string before = place(last_, std::min(last_.epoch + 1, epochs_of(last_))) + " ";
  std::string after = fmt::format(" {:3.0f}%", 100 * share);
  if (last_.epoch > 0) after += "  " + losses(last_);
  // Early stopping may end it sooner.
  if (share > 0) after += "  at most " + whole_seconds((now - started_) / share * (1 - share)) + " left";
  const std::size_t taken = display_width(before) + display_width(after) + 1;
  const std::size_t width = console_.err_screen.width;
  const std::string drawn_bar = taken + 5 <= width ? bar(share, std::min(kWidestBar, width - taken)) : "";
  std::string line = before + drawn_bar + after;
  if (display_width(line) >= width) line.resize(width - 1);  // a wrapped line could not be redrawn
  console_.err << '\r' << line << "\033[K" << std::flush;
  drawn_ = true;
}

void Progress::write_line(const EpochRecord& record) {
  const auto tenth = static_cast<std::size_t>(share_done() * 10 + 1e-9);
  const double now = console_.clock();
  if (tenth == tenth_ || now - shown_ < kLineSeconds) return;
  tenth_ = tenth;
  shown_ = now;
  console_.err << fmt::format("{}  {}\n", place(record, record.epoch), losses(record)) << std::flush;
}

std::string Progress::place(const EpochRecord& record, std::size_t epoch) const {
  std::string text;
  const auto add = [&text](const char* what, std::size_t number, std::size_t of) {
    text += fmt::format("{} {}/{}  ", what, number, of);
  };
  if (networks_.folds > 0) add("fold", record.fold, networks_.folds);
  if (networks_.penalties > 0) add("penalty", record.penalty, networks_.penalties);
  if (networks_.members > 1) add("member", record.member, networks_.members);
  if (networks_.starts > 1) add("start", record.start, networks_.starts);
  return text + fmt::format("epoch {}/{}", epoch, epochs_of(record));
}

std::string Progress::bar(double share, std::size_t width) const {
  const auto filled = static_cast<std::size_t>(std::lround(share * static_cast<double>(width)));
  const bool unicode = console_.err_screen.unicode;
  std::string bar;
  for (std::size_t i = 0; i < width; ++i) bar += i < filled ? (unicode ? "━" : "#") : (unicode ? "─" : ".");
  return bar;
}

}  // namespace ffwd
