#pragma once

#include <span>
#include <string>
#include <vector>

#include "bundled_libraries.h"
#include "class_origins.h"
#include "finding.h"
#include "linkage/linkage.h"
#include "restore/restore_prediction.h"
#include "upgrade.h"

namespace preflight {

/// What a rule looks at. The engine, not the rule, turns a missing input into "skipped, because".
struct Needs {
  bool source_release = false;
  bool application = false;
  bool new_job = false;  ///< The application, or the compiled plan of a SQL job.
  bool sql_plan = false;
  bool pom = false;
  bool dependencies = false;  ///< A pom, another build file, or a JAR whose bundled libraries are known.
  bool build = false;         ///< A build file of another tool than Maven.
  bool savepoint = false;     ///< Or a running JAR, which tells what its savepoint would hold.
  bool parallelism = false;   ///< As it is told, or as the code of the application sets it.
  bool max_parallelism = false;
  bool deployment = false;
  bool source_retention = false;
};

/// What a rule may read: the upgrade, and what was worked out of it. Without an application, packing, origins
/// and linkage are empty.
struct Facts {
  const Upgrade& upgrade;
  const RestorePrediction& restore;
  const Packing& packing;
  const ClassOrigins& origins;
  const Linkage& linkage;
};

/// Something a rule could not determine: it is reported, never passed over.
struct Unknown {
  std::string what;
  std::string reason;
};

struct RuleResult {
  std::vector<Finding> findings;
  std::vector<Unknown> unknowns;
};

/// A rule: what it is (the text that every report, `rules show` and the documentation use), what it needs, and the
/// check.
struct Rule {
  const char* id;     ///< Names the defect, in kebab-case; never reused for something else.
  Severity severity;  ///< The gravest that its findings have.
  const char* title;  ///< "A class that the target release no longer has is referenced"
  const char* rationale;
  const char* remedy;
  std::vector<const char*> sources;
  const char* fires;          ///< An example that it speaks of, in a sentence.
  const char* does_not_fire;  ///< One close to it that it leaves alone.
  Needs needs;
  RuleResult (*check)(const Facts&) = nullptr;  ///< nullptr: found by the gate, not by a look at the facts.
};

/// Every rule there is, in the order of the reports.
std::span<const Rule> all_rules();
/// nullptr where there is no such rule.
const Rule* find_rule(const std::string& id);

}  // namespace preflight
