#pragma once

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

/// Those in classes of that origin.
std::vector<CallSite> sites_of(const std::vector<CallSite>& sites, ClassOrigin origin, const ClassOrigins& origins);

/// The target's minor: "2.2".
std::string upgrade_minor(const Facts& facts);

}  // namespace preflight
