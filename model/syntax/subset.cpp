#include "model/syntax/subset.h"

#include "model/syntax/children.h"

#include <string>
#include <string_view>

namespace lockweave::syntax {

namespace {

// A surrogate's three bytes begin with ED A0 … ED BF; nothing else in UTF-8 does.
bool has_lone_surrogate(std::string_view text) {
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    if (text[i] == '\xED' && static_cast<unsigned char>(text[i + 1]) >= 0xA0) return true;
  }
  return false;
}

class Subset {
 public:
  explicit Subset(const SourceFile& file) : file_(file) {}

  std::optional<Diagnostic> check(const Module& module) {
    block(module.body);
    return std::move(found_);
  }

 private:
  void outside(const Place& place, std::string what, std::string hint) {
    if (found_) return;
    found_ = make_diagnostic(DiagnosticCode::Unsupported, std::move(what), file_, place.span).with_hint(std::move(hint));
  }

  void block(const Block& statements) {
    for (const auto& node : statements) {
      if (found_) return;
      statement(*node);
    }
  }

  void statement(const Statement& node) {
    if (const Try* handled = as_if<Try>(&node); handled != nullptr && handled->is_star) {
      return outside(handled->handlers.front().place, "except* and exception groups", "use a plain except");
    }
    each_child(
        node, [this](const Expression& e) { expression(e); }, [this](const Block& b) { block(b); });
  }

  void expression(const Expression& node) {
    if (found_) return;
    if (const Constant* value = as_if<Constant>(&node)) return constant(*value);
    each_child(node, [this](const Expression& e) { expression(e); });
  }

  void constant(const Constant& node) {
    if (std::holds_alternative<ImaginaryValue>(node.value)) outside(node.place, "complex numbers", "use two floats");
    if (const std::string* text = std::get_if<std::string>(&node.value); text != nullptr && has_lone_surrogate(*text)) {
      outside(node.place, "a string with a lone surrogate", "strings here hold whole characters only");
    }
  }

  const SourceFile& file_;
  std::optional<Diagnostic> found_;
};

}  // namespace

std::optional<Diagnostic> check_subset(const SourceFile& file, const Module& module) { return Subset(file).check(module); }

}  // namespace lockweave::syntax
