#pragma once

#include <boost/program_options.hpp>

#include "maven/pom_settings.h"

namespace preflight {

/// Adds --define, --profiles and --maven-repository: what a Maven build is started with.
void add_maven_options(boost::program_options::options_description& description);

/// The settings that the command line gives; the environment and the default repository, ~/.m2/repository where there
/// is one, are the machine's. Throws UsageError.
PomSettings maven_settings(const boost::program_options::variables_map& values);

}  // namespace preflight
