#include "fleet_run.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <set>
#include <system_error>
#include <thread>
#include <vector>

#include "check_options.h"
#include "command_line.h"
#include "fleet_line.h"
#include "fleet_manifest.h"
#include "gate.h"
#include "input/input_error.h"
#include "pipeline.h"
#include "progress.h"
#include "terminal.h"

namespace preflight {
namespace {

/// What is left of a check when its line is made.
struct Outcome {
  std::string line;
  std::string name;
  ExitCode code = ExitCode::clean;
  std::set<std::string> blocked_by;
};

/// Tables for as many checks as run at once: each has its own, since an index unpacks itself as it is asked.
class SharedTables {
 public:
  explicit SharedTables(const std::optional<std::filesystem::path>& table) : table_(table) { give(take()); }

  std::unique_ptr<CheckTables> take() {
    {
      const std::lock_guard lock(mutex_);
      if (!free_.empty()) {
        auto tables = std::move(free_.back());
        free_.pop_back();
        return tables;
      }
    }
    return std::make_unique<CheckTables>(read_check_tables(table_));
  }
  void give(std::unique_ptr<CheckTables> tables) {
    const std::lock_guard lock(mutex_);
    free_.push_back(std::move(tables));
  }

 private:
  std::optional<std::filesystem::path> table_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<CheckTables>> free_;
};

std::set<std::string> rules_that_block(const Report& report, const CheckOptions& options) {
  std::set<std::string> rules;
  for (const Finding& finding : report.assessment.findings)
    if (counts_for_gate(finding) && options.fail_on && finding.severity >= *options.fail_on)
      rules.insert(finding.rule);
  if (rules.empty())
    rules.insert("");
  return rules;
}

/// Runs the check of one line. What goes wrong is the line's, not the run's.
Outcome check_item(const FleetItem& item, const Configuration& configuration, SharedTables& shared) {
  Outcome outcome{.name = item.name};
  FleetLine line{.id = item.id};
  const auto fail = [&](ExitCode code, const std::string& error) {
    outcome.code = code;
    line.errors.push_back(printable(error));
  };
  try {
    CheckOptions options = parse_check_options(item.arguments, OptionsOf::check, &configuration);
    options.jobs = 1;  // The checks run beside each other.
    options.reports = {{.format = "json", .output = std::nullopt}};
    std::unique_ptr<CheckTables> tables = shared.take();
    Upgrade upgrade;
    CheckResult result = run_check(options, upgrade, tables.get());
    shared.give(std::move(tables));
    line.errors = std::move(result.input_errors);
    line.report = std::move(result.report);
    if (!line.report)
      outcome.code = ExitCode::bad_input;
    else if (line.report->gate_failed) {
      outcome.code = ExitCode::gate_failed;
      outcome.blocked_by = rules_that_block(*line.report, options);
    }
    line.exit = static_cast<int>(outcome.code);
    outcome.line = fleet_line(line);
    return outcome;
  } catch (const UsageError& error) {
    fail(ExitCode::usage, error.what());
  } catch (const std::bad_alloc&) {
    fail(ExitCode::bad_input, "the inputs need more memory than there is");
  } catch (const std::exception& error) {
    fail(ExitCode::bad_input, error.what());
  }
  line.report.reset();
  line.exit = static_cast<int>(outcome.code);
  outcome.line = fleet_line(line);
  return outcome;
}

Outcome error_outcome(const FleetItem& item) {
  return {.line = fleet_line({.id = item.id, .exit = item.error_code, .errors = {item.error}}),
          .name = item.name,
          .code = static_cast<ExitCode>(item.error_code)};
}

/// Runs the items on `jobs` threads and hands the outcomes on in the order of the items. An item waits to come in until
/// there is room; an outcome that is early waits for those before it.
class OrderedChecks {
 public:
  OrderedChecks(const FleetRequest& request, SharedTables& shared)
      : configuration_(request.configuration), shared_(shared), room_(std::size_t{4} * request.jobs) {
    start(request.jobs);
  }
  ~OrderedChecks() {
    close();
    for (std::thread& thread : threads_)
      thread.join();
  }
  OrderedChecks(const OrderedChecks&) = delete;
  OrderedChecks& operator=(const OrderedChecks&) = delete;

  void add(FleetItem item) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return pending_.size() < room_; });
    pending_.push_back(std::make_shared<Pending>());
    pending_.back()->item = std::move(item);
    waiting_.push_back(pending_.back());
    changed_.notify_all();
  }

  /// No more items come.
  void close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    changed_.notify_all();
  }

  /// The next outcome; nullopt after the last.
  std::optional<Outcome> next() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return pending_.empty() ? closed_ : pending_.front()->outcome.has_value(); });
    if (pending_.empty())
      return std::nullopt;
    std::optional<Outcome> outcome = std::move(pending_.front()->outcome);
    pending_.pop_front();
    changed_.notify_all();
    return outcome;
  }

 private:
  struct Pending {
    FleetItem item;
    std::optional<Outcome> outcome;
  };

  /// With fewer threads where the system gives no more; nothing else depends on their number.
  void start(unsigned jobs) {
    while (threads_.size() < jobs) {
      try {
        threads_.emplace_back([this] { work(); });
      } catch (const std::system_error&) {
        if (threads_.empty())
          throw;
        return;
      }
    }
  }

  void work() {
    for (;;) {
      std::shared_ptr<Pending> taken;
      {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return closed_ || !waiting_.empty(); });
        if (waiting_.empty())
          return;
        taken = waiting_.front();
        waiting_.pop_front();
      }
      Outcome outcome =
          taken->item.error.empty() ? check_item(taken->item, configuration_, shared_) : error_outcome(taken->item);
      const std::lock_guard lock(mutex_);
      taken->outcome = std::move(outcome);
      changed_.notify_all();
    }
  }

  const Configuration& configuration_;
  SharedTables& shared_;
  std::size_t room_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::shared_ptr<Pending>> pending_;  ///< In the order of the items.
  std::deque<std::shared_ptr<Pending>> waiting_;  ///< Those that no thread has taken.
  bool closed_ = false;
  std::vector<std::thread> threads_;
};

void count(const Outcome& outcome, FleetResult& result) {
  FleetSummary& summary = result.summary;
  if (outcome.code == ExitCode::clean)
    summary.can_go.push_back(outcome.name);
  else if (outcome.code == ExitCode::gate_failed)
    summary.blocked.push_back(outcome.name);
  else
    summary.unread.push_back(outcome.name);
  for (const std::string& rule : outcome.blocked_by)
    summary.blocked_by[rule].push_back(outcome.name);
  const ExitCode code = outcome.code == ExitCode::usage ? ExitCode::bad_input : outcome.code;
  result.code = std::max(result.code, code);
}

}  // namespace

FleetResult run_fleet(const FleetRequest& request, std::istream& manifest, std::ostream& out) {
  SharedTables shared(request.table);
  OrderedChecks checks(request, shared);
  FleetResult result;
  // Written apart from reading, so that a finished line does not wait for the next one to come in.
  std::atomic<bool> broken = false;  // Nobody takes the lines any more.
  // Lines on the same terminal show it themselves.
  std::optional<Progress> progress;
  if (!is_terminal(STDOUT_FILENO))
    progress.emplace().step("checking applications");
  std::thread writer([&] {
    for (std::size_t done = 0; const auto outcome = checks.next(); ++done) {
      if (progress)
        progress->step(fmt::format("{} applications checked", done + 1));
      out << outcome->line << std::flush;
      broken = !out;
      count(*outcome, result);
    }
  });
  const auto finish = [&] {
    checks.close();
    writer.join();
  };
  std::size_t skipped = 0;
  try {
    JsonLines lines(manifest);
    for (auto line = lines.next(); line && !broken; line = lines.next()) {
      FleetItem item = read_fleet_item(*line, request.manifest);
      if (item.id != "null" && request.done.contains(item.id))
        ++skipped;
      else
        checks.add(std::move(item));
    }
  } catch (...) {
    finish();
    throw;
  }
  finish();
  result.summary.skipped = skipped;
  return result;
}

}  // namespace preflight
