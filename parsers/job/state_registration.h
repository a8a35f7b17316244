#pragma once

// Private to the reader of jobs.

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "job/interpreter.h"
#include "job/job_draft.h"

namespace preflight {

/// Collects the states that the running function registers.
class StateRegistration {
 public:
  /// Both must outlive it.
  StateRegistration(const JobCalls& table, JobDraft& draft) : table_(table), draft_(draft) {}

  /// Whose states they are from now on, and the type of its windows; nullopt: nobody's.
  void begin(std::uint32_t index, std::optional<TypeExpression> window);
  void end() { running_.reset(); }
  /// From now on a state is registered when a record comes.
  void elements_come(bool lazy) { lazy_ = lazy; }
  void take_window(std::optional<TypeExpression> window) { window_ = std::move(window); }

  void register_state(const JobCall& row, const LibraryCall& call, JobTypes& types);
  void enable_time_to_live(const LibraryCall& call);
  /// Adds the state of a descriptor to an operator: what broadcast() is given.
  void add(std::uint32_t index, const Value* descriptor, std::optional<JobStateKind> kind, JobTypes& types,
           const CodePlace& place);
  /// Whether a call at this place has registered something.
  bool has_reached(const CodePlace& place) const { return reached_.contains(place); }

 private:
  struct Registered {
    const Value* descriptor = nullptr;
    std::optional<JobStateKind> kind;
    bool by_window = false;
    bool conditional = false;
    CodePlace place;
  };

  void add_state(std::uint32_t index, const Registered& registered, JobTypes& types);
  std::optional<JobState> state_of(const ObjectValue& descriptor, const Registered& registered, JobTypes& types);
  void keep(std::uint32_t index, JobState state);

  const JobCalls& table_;
  JobDraft& draft_;
  std::optional<std::uint32_t> running_;
  std::optional<TypeExpression> window_;
  bool lazy_ = false;
  std::map<std::uint32_t, JobState::Ttl> ttl_;  ///< By identity of the descriptor.
  std::set<CodePlace> reached_;
};

}  // namespace preflight
