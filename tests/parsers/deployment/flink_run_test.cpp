#include <catch2/catch.hpp>

#include "deployment/shell_words.h"
#include "shown_deployment.h"

using namespace preflight;
using preflight::test::shown;

namespace {

/// Commands in lines, words in brackets, unknown ones with a question mark.
std::string words_of(const std::string& script) {
  std::string result;
  for (const ShellCommand& command : split_shell_commands(script, 100)) {
    for (const ShellWord& word : command)
      result += "[" + word.text + "]" + (word.known ? "" : "?");
    result += "\n";
  }
  return result;
}

}  // namespace

TEST_CASE("Shell scripts are split into commands and words") {
  const auto [script, words] = GENERATE(table<std::string, std::string>({
      {"", ""},
      {"a b  c", "[a][b][c]\n"},
      {"a \\\n  b\nc", "[a][b]\n[c]\n"},
      {"a \\\r\n  b", "[a][b]\n"},
      {"a 'b c' \"d e\"f", "[a][b c][d ef]\n"},
      {"a '' \"\"", "[a][][]\n"},
      {"a # b\nc#d", "[a]\n[c#d]\n"},
      {"a && b || c; d | e & (f)", "[a]\n[b]\n[c]\n[d]\n[e]\n[f]\n"},
      {"a $B \"${C}\" $(d e) `f`", "[a][$B]?[${C}]?[$(d e)]?[`f`]?\n"},
      {"a '$B' \\$C \"\\$D\" $", "[a][$B][$C][$D][$]\n"},
      {"a *.jar", "[a][*.jar]?\n"},
      {"a \"b", "[a][b]\n"},
      {"a $(b", "[a][$(b]?\n"},
      {"a \\", "[a]\n"},
  }));
  CAPTURE(script);
  CHECK(words_of(script) == words);
}

TEST_CASE("Words beyond the most are left out") {
  std::string script;
  for (int i = 0; i < 1000; ++i)
    script += "a ";
  CHECK(split_shell_commands(script, 10).at(0).size() == 10);
}

TEST_CASE("Options of flink run") {
  const auto [command, line] = GENERATE(table<std::string, std::string>({
      {"flink run a.jar", "code=a.jar @1"},
      {"/opt/flink/bin/flink run a.jar", "code=a.jar @1"},
      {"exec flink run a.jar", "code=a.jar @1"},
      {"flink run -n a.jar", "allow_non_restored_state=true @1 -n"},
      {"flink run --parallelism=3 a.jar", "parallelism=3 @1 --parallelism"},
      {"flink run -s s3://a a.jar", "snapshot_name=s3://a @1 -s"},
      {"flink run -rm legacy a.jar", "claim_mode=LEGACY @1 -rm"},
      {"flink run -t yarn-per-job a.jar", "target=yarn-per-job @1 -t"},
      {"flink run -Dexecution.target=remote a.jar", "target=remote @1 -Dexecution.target"},
      {"flink run -yD state.backend=rocksdb a.jar", "state.backend: rocksdb @1 -Dstate.backend"},
      {"flink run -Dpipeline.object-reuse a.jar", "pipeline.object-reuse: true @1"},
      {"flink run -d -yqu root -C file:///b.jar a.jar x", "code=a.jar @1"},
      {"flink run -py job.py", "code=job.py @1 -py"},
      {"flink run -py job.py --input x", "unknown --input is no option of flink run that is known here"},
      {"flink run -p $P a.jar", "unknown -p is $P: only the shell knows its value @1 -p"},
      {"flink run $JAR --password Hunter2", "argument --password\nargument ******\n"},
      {"flink run -Dapi.token=$T a.jar", "api.token: ****** @1"},
      {"flink run a.jar -p 3", "argument -p\nargument 3\n"},
      {"flink run a.jar x > log", "argument x\n"},
      {"flink run -s $SP a.jar", "restore=named-snapshot @1 -s"},
      {"flink run-application -t kubernetes-application local:///a.jar", "target=run-application @1"},
  }));
  CAPTURE(command);
  const std::string all = shown(command, "start.sh");
  INFO(all);
  CHECK(("\n" + all).find("\n" + line) != std::string::npos);
  CHECK(all.find("Hunter2") == std::string::npos);
}
