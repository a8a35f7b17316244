#pragma once

// Private to the reader of the table.

#include "serialization/type_facts.h"
#include "table_row.h"

namespace preflight {

TypeSerializer read_type_serializer(const TableRow& row);
SerializerForm read_serializer_form(const TableRow& row);
LibraryPackage read_library_package(const TableRow& row);

}  // namespace preflight
