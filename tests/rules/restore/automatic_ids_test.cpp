#include "restore/automatic_ids.h"

#include <catch2/catch.hpp>

#include "job_builder.h"

using namespace preflight;
using namespace preflight::test;

namespace {

/// "-" for an ID that is not known.
std::vector<std::string> ids_of(const JobModel& job, std::optional<int> started_with) {
  std::vector<std::string> texts;
  for (const GeneratedId& generated : generated_ids(job, JobParallelism(job, started_with)))
    texts.push_back(generated.id ? generated.id->hex() : "-");
  return texts;
}

using Ids = std::vector<std::string>;

JobBuilder paced_source() {
  JobBuilder job;
  job.source().parallelism(1).op("map").parallelism(1);
  return job;
}

}  // namespace

// The IDs are those that Flink 1.20.5 gave: fixtures/upgrades/savepoints/1.20/AutoIds*.json and after/1.20/.
TEST_CASE("Automatic IDs are those that Flink gives") {
  const std::string source = "cbc357ccb763df2852fee8c4fc7d55f2";
  const std::string paced = "7df19f87deec5680128845fd9a6ca18d";
  SECTION("a keyed operator behind a chain") {
    JobBuilder job = paced_source();
    job.op("process", "hash");
    CHECK(ids_of(job.model(), 2) == Ids{source, paced, "9dd63673dd41ea021b896d5203f3ba7c"});
  }
  SECTION("what is chained behind it is part of its ID") {
    JobBuilder job = paced_source();
    job.op("process", "hash").op("map");
    CHECK(ids_of(job.model(), 2) ==
          Ids{source, paced, "90bea66de1c231edf33913ecd54406c1", "17fbfcaabad45985bbdf4da0490487e3"});
  }
  SECTION("an operator before it moves it to another position") {
    JobBuilder job = paced_source();
    job.op("filter").op("process", "hash");
    CHECK(ids_of(job.model(), 2) ==
          Ids{source, paced, "9dd63673dd41ea021b896d5203f3ba7c", "1a936cb48657826a536f331e9fb33b5e"});
  }
  SECTION("a chain that is cut") {
    JobBuilder job = paced_source();
    job.op("filter").parallelism(1).op("process", "hash");
    CHECK(ids_of(job.model(), 2) == Ids{source, "570f707193e0fe32f4d86d067aba243b", "b728d985904d42b0fdd945a9e3253fca",
                                        "306d8342cb5b2ad8b53f1be57f65bee8"});
    job.model().operators[2].chaining = JobChaining::never;
    CHECK(ids_of(job.model(), 2)[1] == paced);
  }
  SECTION("another operator behind the same input") {
    JobBuilder job = paced_source();
    job.op("process", {1}, "hash").op("filter", {1}, "hash");
    CHECK(ids_of(job.model(), 2) ==
          Ids{source, paced, "9dd63673dd41ea021b896d5203f3ba7c", "fab4c54085fa3ee85a6e1bb1062c20af"});
  }
  SECTION("the parallelism of one that is chained to nothing does not matter") {
    JobBuilder job = paced_source();
    job.op("process", "hash").parallelism(3);
    CHECK(ids_of(job.model(), 2) == Ids{source, paced, "9dd63673dd41ea021b896d5203f3ba7c"});
  }
}

TEST_CASE("Automatic IDs depend on a default parallelism only where operators are compared with it") {
  JobBuilder job;
  SECTION("two that both have it are chained, whatever it is") {
    job.source().op("map").op("process", "hash");
    CHECK(ids_of(job.model(), std::nullopt) == ids_of(job.model(), 4));
  }
  SECTION("one that has its own may be") {
    job.source().parallelism(2).op("map");
    CHECK(ids_of(job.model(), std::nullopt) == Ids{"-", "-"});
    CHECK(ids_of(job.model(), 2) != ids_of(job.model(), 3));
  }
  SECTION("what the code sets comes before what the job is started with") {
    job.source().parallelism(2).op("map");
    job.model().default_parallelism = known(2);
    CHECK(ids_of(job.model(), 8) == ids_of(job.model(), std::nullopt));
  }
}

TEST_CASE("Where the graph is not known well enough, automatic IDs are unknown") {
  JobBuilder job = paced_source();
  SECTION("an operator that may not be there shifts all that come after it") {
    job.op("filter").conditional().op("process", "hash").op("process", "hash").uid("named");
    const std::vector<GeneratedId> ids = generated_ids(job.model(), JobParallelism(job.model(), 2));
    CHECK(ids[0].id.has_value());
    CHECK(ids[1].id.has_value());
    CHECK_FALSE(ids[3].id.has_value());
    CHECK(ids[3].unknown_because == "filter at com.example.Job.main:12 is made on some paths only");
    CHECK(ids[4].id == operator_id_of_uid("named"));
  }
  SECTION("so does one that was not found") {
    job.op("process", "hash");
    job.model().incomplete_because = "main calls a method that is not in the JAR";
    CHECK(ids_of(job.model(), 2) == Ids{"-", "-", "-"});
  }
  SECTION("a source that nothing reads is not in the graph") {
    job.source().op("process", {1}, "hash");
    const std::vector<GeneratedId> ids = generated_ids(job.model(), JobParallelism(job.model(), 2));
    CHECK_FALSE(ids[2].id.has_value());
    CHECK(ids[2].unknown_because.empty());
    CHECK(ids[3].id->hex() == "9dd63673dd41ea021b896d5203f3ba7c");
  }
}

TEST_CASE("Chains: what separates two operators") {
  JobBuilder job;
  job.source().parallelism(1).op("map").parallelism(1);
  const auto chained = [&] {
    const JobParallelism parallelism(job.model(), 1);
    const JobChains chains(job.model(), parallelism);
    return chains.head_of(1) == std::optional<std::uint32_t>(0);
  };
  CHECK(chained());
  SECTION("another partitioner") {
    job.current().inputs.front().partitioner = "rebalance";
  }
  SECTION("another parallelism") {
    job.parallelism(2);
  }
  SECTION("another slot sharing group") {
    job.slot_sharing_group("heavy");
  }
  SECTION("startNewChain()") {
    job.chaining(JobChaining::head);
  }
  SECTION("disableChaining()") {
    job.chaining(JobChaining::never);
  }
  SECTION("disableChaining() of its input") {
    job.model().operators[0].chaining = JobChaining::never;
  }
  SECTION("disableOperatorChaining()") {
    job.model().chaining = false;
  }
  SECTION("a union") {
    job.current().inputs.push_back({.from = 0});
  }
  CHECK_FALSE(chained());
}
