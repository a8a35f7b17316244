#include "target_java.h"

#include <fmt/format.h>

namespace preflight {

TargetJava target_java(const Upgrade& upgrade) {
  if (const PlatformRuntime* runtime = upgrade.table->find_runtime(upgrade.platform, upgrade.to))
    return {runtime->java, true, fmt::format("the runtime {} runs Java {}", runtime->name, runtime->java)};
  if (const FlinkRelease* release = upgrade.table->find_release(upgrade.to))
    return {release->java_max, false,
            fmt::format("Flink {} runs on Java {} at most", upgrade.to.minor_text(), release->java_max)};
  return {};
}

}  // namespace preflight
