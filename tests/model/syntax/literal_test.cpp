#include "model/syntax/literal.h"

#include <doctest/doctest.h>

#include <cmath>
#include <string>

using namespace lockweave;
using namespace lockweave::syntax;

namespace {

IntegerValue integer(const std::string& text) { return std::get<IntegerValue>(number_value(text).value()); }
double number(const std::string& text) { return std::get<double>(number_value(text).value()); }
std::string string(const std::string& text) {
  const auto value = unescape(split_string(text));
  return value ? *value : "refused: " + value.error().message;
}

}  // namespace

TEST_SUITE("model/syntax/literal") {
  TEST_CASE("integers of any base and size are kept in decimal") {
    CHECK(integer("1_000").small == 1000);
    CHECK(integer("0xFF").decimal == "255");
    CHECK(integer("0o17").small == 15);
    CHECK(integer("0b_101").small == 5);
    CHECK(integer("000").decimal == "0");
    CHECK(integer("9223372036854775807").small == 9223372036854775807);
    CHECK_FALSE(integer("9223372036854775808").small);
    CHECK(integer("0x1_0000_0000_0000_0000").decimal == "18446744073709551616");
    CHECK(integer("0xffffffffffffffffffffffffffffffff").decimal == "340282366920938463463374607431768211455");
  }

  TEST_CASE("an integer with more digits than CPython converts is refused") {
    CHECK(number_value(std::string(4300, '1')).has_value());
    CHECK_FALSE(number_value(std::string(4301, '1')).has_value());
    CHECK_FALSE(number_value("0x" + std::string(100000, 'f')).has_value());
  }

  TEST_CASE("floats round as Python's do, beyond their range too") {
    CHECK(number("1.") == 1.0);
    CHECK(number(".5e1") == 5.0);
    CHECK(number("0.1") == 0.1);
    CHECK(number("1_0.2_5") == 10.25);
    CHECK(std::isinf(number("1e400")));
    CHECK(number("1e-400") == 0.0);
    CHECK(number("5e-324") > 0.0);
  }

  TEST_CASE("an imaginary number is told from a float") { CHECK(std::get<ImaginaryValue>(number_value("2.5J").value()).value == 2.5); }

  TEST_CASE("escapes mean what they mean in Python") {
    CHECK(string(R"('a\n\t\\\'\"\x41\101\0')") == std::string("a\n\t\\'\"AA\0", 9));
    CHECK(string(R"('\u00e9\U0001F40D\N{SNAKE}\N{greek small letter pi}')") == "é🐍🐍π");
    CHECK(string(R"('\q\ ')") == R"(\q\ )");
    CHECK(string("'a\\\nb'") == "ab");
    CHECK(string("'''a\r\nb\rc'''") == "a\nb\nc");
    CHECK(string(R"(r'\n\x')") == R"(\n\x)");
    CHECK(string(R"('\777')") == "ǿ");
    CHECK(string(R"('\ud800')") == "\xED\xA0\x80");
  }

  TEST_CASE("bytes have fewer escapes and hold ASCII only") {
    CHECK(string(R"(b'\x00\xff\u0041\N{x}')") == std::string("\0\xff\\u0041\\N{x}", 13));
    CHECK(string("b'é'") == "refused: bytes can only contain ASCII literal characters");
    CHECK(string(R"(b'\777')") == "\xff");
  }

  TEST_CASE("a broken escape is refused with Python's words") {
    CHECK(string(R"('ab\x4')") ==
          "refused: (unicode error) 'unicodeescape' codec can't decode bytes in position 2-4: truncated \\xXX escape");
    CHECK(string(R"('\U00110000')").ends_with("illegal Unicode character"));
    CHECK(string(R"(b'a\x')") == "refused: (value error) invalid \\x escape at position 1");
  }

  TEST_CASE("a character name that the table lacks is unsupported, not wrong") {
    const auto value = unescape(split_string(R"('\N{OGHAM LETTER BEITH}')"));
    REQUIRE_FALSE(value);
    CHECK(value.error().code == DiagnosticCode::Unsupported);
  }
}
