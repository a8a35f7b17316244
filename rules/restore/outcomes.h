#pragma once

namespace preflight {

/// What Flink will do with one state of the savepoint. incompatible: the job will not come to run, or reads values that
/// are not those that were stored.
enum class StateOutcome { as_is, after_migration, incompatible, dropped, new_, unknown };
const char* to_string(StateOutcome outcome);

enum class OperatorOutcome { restores, dropped, fails, unknown, stateless };
const char* to_string(OperatorOutcome outcome);

/// What Flink will do when the job is started from the savepoint. fails: the job will not come to run; loses_state: it
/// starts, but some state that is in the savepoint is not restored.
enum class RestoreOutcome { restores, fails, loses_state, unknown, not_applicable };
const char* to_string(RestoreOutcome outcome);

}  // namespace preflight
