// Goldens: texts that must stay as they are until somebody looks at the difference and says it is right.
//
//     check_golden("bytecode/with.txt", disassemble(code));
//
// With LOCKWEAVE_UPDATE_GOLDEN=1 in the environment the file is written instead; read the diff before committing it.
#pragma once

#include <string>
#include <string_view>

namespace lockweave::support {

// The text of a file below the source tree; fails the test case if it cannot be read.
std::string read_source_file(const std::string& path);

// Compares with tests/golden/PATH as a whole; a difference fails the test case.
void check_golden(const std::string& path, std::string_view actual);

}  // namespace lockweave::support
