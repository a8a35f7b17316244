#include "progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <system_error>

#include "terminal.h"
#include "unicode_text.h"

namespace preflight {
namespace {

constexpr std::chrono::seconds kPatience{1};
constexpr const char* kTakeLineAway = "\r\x1b[K";
constexpr std::size_t kLongest = 60;  // Bytes: a line that wraps cannot be written over.

void write_to_terminal(const std::string& text) {
  // A terminal that takes no more is no reason to stop.
  [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, text.data(), text.size());
}

std::string shortened(const std::string& step) {
  const std::string text = visible_text(step);
  return text.size() <= kLongest ? text : valid_utf8(text.substr(0, kLongest)) + "…";
}

}  // namespace

Progress::Progress() {
  if (!is_terminal(STDERR_FILENO))
    return;
  try {
    thread_ = std::thread([this] { show_late(); });
  } catch (const std::system_error&) {
    // The system gives no more threads: the work goes on in silence.
  }
}

Progress::~Progress() {
  {
    const std::lock_guard lock(mutex_);
    done_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable())
    thread_.join();
}

void Progress::step(const std::string& what) {
  const std::lock_guard lock(mutex_);
  step_ = what;
}

void Progress::show_late() {
  const auto started = std::chrono::steady_clock::now();
  bool shown = false;
  std::unique_lock lock(mutex_);
  while (!changed_.wait_for(lock, kPatience, [&] { return done_; })) {
    const auto seconds =
        std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - started).count();
    const std::string line = fmt::format("{}{} ({} s)", kTakeLineAway, shortened(step_), seconds);
    lock.unlock();  // The work does not wait for the terminal.
    write_to_terminal(line);
    lock.lock();
    shown = true;
  }
  if (shown)
    write_to_terminal(kTakeLineAway);
}

}  // namespace preflight
