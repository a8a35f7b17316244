#pragma once

#include <span>
#include <vector>

#include "api/api_index.h"

namespace preflight {

/// The releases in which a class was there in any form: sorted spans, as few as there can be where each lies within one
/// of `lines`. The forms are in order.
std::vector<ApiSpan> presence_of(const ApiClass& declared, std::span<const ApiSpan> lines);

/// Brings a class into the order that ApiClass promises and joins what is the same in adjoining releases of one of
/// `lines`: forms and members may come as one record for each release. Where two forms, or two records of one member,
/// claim the same release, the one that came first has it.
void normalize(ApiClass& declared, std::span<const ApiSpan> lines);

}  // namespace preflight
