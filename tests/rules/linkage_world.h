#pragma once

#include <string>
#include <vector>

#include "api/api_index.h"
#include "linkage/linkage.h"

namespace preflight::test {

// Classes written down in lines of words, so that a test reads as what it is about.
//
//   class a.b.Thing extends a.b.Base implements a.b.Listener in flink-core until 1.20.1
//   final interface a.b.Listener package since 2.0.0 deprecated
//     method run (I)V abstract
//     field COUNT I static final until 1.18.0
//     use invoke_virtual a.b.Thing.run:(I)V main:12          (of the application's classes alone)
//
// What is not said to be package, protected or private is public. A class is in flink-core unless a line says so.

/// The releases that all such indexes know: Flink 1.18.0, 1.20.0, 1.20.1, 2.0.0, 2.2.0, 2.2.1; Java 11 and 17; and of
/// flink-connector-kafka 3.1.0-1.18 and 4.0.0-2.0.
ApiIndex api_of(const std::string& lines);

/// An application of these classes, with what was read of them in full.
struct LinkedApplication {
  ApplicationJar jar;
  std::vector<LinkedClass> classes;
  ClassOrigins origins;  ///< Those below com.example are the team's own.
};
LinkedApplication application_of(const std::string& lines);

/// What is wrong with that application on the target, a line each:
/// "method_gone org.apache.flink.Thing.run(int) last 1.20.1 at com.example.Job.main:12".
std::vector<std::string> problems_of(const std::string& api, const std::string& application,
                                     const std::string& target = "2.2", const std::string& from = "");

/// The linkage itself.
Linkage linkage_of(const ApiIndex& api, const LinkedApplication& application, const std::string& target = "2.2",
                   const std::string& from = "");

const char* to_string(LinkageFault fault);

}  // namespace preflight::test
