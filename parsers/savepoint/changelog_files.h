#pragma once

#include <functional>
#include <string>

#include "savepoint/state_files.h"
#include "savepoint/stream_header.h"

namespace preflight {

// The changelog state backend's files (org.apache.flink.changelog.fs.StateChangeFormat): a byte that says whether what
// follows is compressed, then change sets. A handle names each set by its offset, which does not count that byte:
//
//   i4 number of groups; of each: i4 number of changes, i4 key group, and the changes: i4 length, bytes
//
// Changes of metadata, each of which makes a state, are the first group of their set, with -1 for a key group. Only
// these are read. A compressed file (state.changelog.dstl.dfs.compression.enabled, off by default) is not.

struct ChangelogVisitor {
  std::function<void(StreamHeader)> on_metadata;             ///< The state that a change makes.
  std::function<void(const std::string& reason)> on_unread;  ///< A change set that cannot be read.
};

/// Visits the metadata changes that `part`, changelog in files, names.
void read_changelog_files(const KeyedStatePart& part, const InputPlace& metadata_place, StateFiles& files,
                          const ChangelogVisitor& visitor);

}  // namespace preflight
