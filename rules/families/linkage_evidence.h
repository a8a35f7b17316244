#pragma once

#include <initializer_list>
#include <string>
#include <vector>

#include "rule.h"

namespace preflight {

// How findings about linkage speak of the places in the application.

/// "com.example.Job.main (Job.java:42)"; without a line where the class file has none. Each once.
std::vector<std::string> site_texts(const std::vector<CallSite>& sites, const Upgrade& upgrade);

/// "com.example.Job.main (Job.java:42)", "com.example.Job.main (Job.java:42) and 3 more places"
std::string places_text(const std::vector<CallSite>& sites, const Upgrade& upgrade);

/// "com.example.Job", "com.example.Job and 2 more classes"
std::string classes_text(const std::vector<CallSite>& sites, const Upgrade& upgrade);
std::size_t count_classes(const std::vector<CallSite>& sites);

/// A problem that the team's own code has, and its own call sites.
struct OwnProblem {
  const LinkageProblem* problem = nullptr;
  std::vector<CallSite> sites;
};
std::vector<OwnProblem> own_problems(const Facts& facts, std::initializer_list<LinkageFault> faults);

/// What all findings about the team's own code share: severity, places, location.
Finding start_finding(const char* rule, Severity severity, const std::vector<CallSite>& sites, const Facts& facts);
Subject class_subject(const std::string& name);
Subject member_subject(const LinkageProblem& problem);

/// The symbol by the class that declares it.
std::string symbol_of(const LinkageProblem& problem);
/// " is gone since Flink 2.0"
std::string fate_of(const LinkageProblem& problem, const Upgrade& upgrade);
/// " 1.20.5 is the last release that has it (flink-core)."; empty where there is none.
std::string last_seen(const LinkageProblem& problem);
/// A remedy: what the target has instead, as far as the index tells.
std::string in_its_place(const LinkageProblem& problem, const Upgrade& upgrade);
/// Adds reason, remedy and sources from the table's row for the member where it has one.
void explain_by_table(const LinkageProblem& problem, const Upgrade& upgrade, Finding& finding);

/// Those in classes of that origin.
std::vector<CallSite> sites_of(const std::vector<CallSite>& sites, ClassOrigin origin, const ClassOrigins& origins);

/// The target's minor: "2.2".
std::string upgrade_minor(const Facts& facts);

}  // namespace preflight
