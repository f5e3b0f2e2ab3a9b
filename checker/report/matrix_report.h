// A table scenario × design, each cell against what the scenario expects.
#pragma once

#include <string>
#include <vector>

#include "checker/report/report.h"

namespace lockweave::report {

struct MatrixCell {
  bool present = false;  // false: the scenario is not meant for this design
  Report report;
};

struct Matrix {
  std::vector<std::string> scenarios;          // rows
  std::vector<std::string> designs;            // columns
  std::vector<std::vector<MatrixCell>> cells;  // [row][column]
  std::vector<std::string> notes;
};

// The table; what is not as expected, with both words; the number of cells.
std::string to_text(const Matrix& matrix, std::size_t width);

// One cell on one line, for following a long run: "✓ fail: deadlock".
std::string cell_text(const Report& report);

}  // namespace lockweave::report
