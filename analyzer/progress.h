#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

namespace preflight {

/// Says on a terminal what is being done, where that takes more than a second: one line, written over and taken away at
/// the end. Where standard error is no terminal, and for quick work, nothing is written.
class Progress {
 public:
  Progress();
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// `what` is done now, in the place of the step before: "reading app.jar".
  void step(const std::string& what);

 private:
  void show_late();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::string step_;
  bool done_ = false;
  std::thread thread_;  ///< None where there is no terminal.
};

}  // namespace preflight
