#include "model/syntax/lexer.h"

#include <doctest/doctest.h>

#include <string>

using namespace lockweave;
using namespace lockweave::syntax;

namespace {

// "name:x = number:1 end of line": kind and text of what has no fixed spelling, the spelling of what has.
std::string tokens_of(const std::string& text) {
  const SourceFile file("t.py", text);
  const auto stream = lex(file);
  if (!stream) return "refused: " + stream.error().message;
  std::string result;
  for (const Token& token : stream->tokens) {
    if (token.kind == TokenKind::EndMarker) break;
    if (!result.empty()) result += ' ';
    const bool has_text = token.kind == TokenKind::Name || token.kind == TokenKind::Number || token.kind == TokenKind::String ||
                          token.kind == TokenKind::FStringMiddle;
    result += has_text ? "<" + std::string(file.text_of(token.span)) + ">" : std::string(spelling(token.kind));
  }
  if (stream->error) result += ": " + stream->error->message;
  return result;
}

const Token& token_at(const TokenStream& stream, std::size_t index) { return stream.tokens.at(index); }

}  // namespace

TEST_SUITE("model/syntax/lexer") {
  TEST_CASE("a line ends in one token, blank and comment lines in none") {
    CHECK(tokens_of("x = 1\n\n# c\n   # d\ny") == "<x> = <1> end of line <y> end of line");
    CHECK(tokens_of("") == "");
    CHECK(tokens_of("\n\n") == "");
  }

  TEST_CASE("indentation opens and closes blocks") {
    CHECK(tokens_of("if x:\n  if y:\n      a\nb\n") ==
          "if <x> : end of line indent if <y> : end of line indent <a> end of line unindent unindent <b> end of line");
    CHECK(tokens_of("if x:\n  a") == "if <x> : end of line indent <a> end of line unindent");
  }

  TEST_CASE("a tab goes to the next multiple of eight, and mixtures that depend on it are refused") {
    CHECK(tokens_of("if x:\n\ta\n\tb\n") == "if <x> : end of line indent <a> end of line <b> end of line unindent");
    CHECK(tokens_of("if x:\n\ta\n        b\n") ==
          "if <x> : end of line indent <a> end of line error: inconsistent use of tabs and spaces in indentation");
    CHECK(tokens_of("if x:\n    a\n  b\n").ends_with("error: unindent does not match any outer indentation level"));
  }

  TEST_CASE("a form feed starts the indentation anew") { CHECK(tokens_of("  \fx\n") == "<x> end of line"); }

  TEST_CASE("lines join inside brackets and after a backslash") {
    CHECK(tokens_of("f(a,\n  # c\n\n  b)\n") == "<f> ( <a> , <b> ) end of line");
    CHECK(tokens_of("a + \\\n  b\n") == "<a> + <b> end of line");
    CHECK(tokens_of("a \\ \nb") == "<a> error: unexpected character after line continuation character");
  }

  TEST_CASE("all three ends of line count") {
    const SourceFile file("t.py", "a\r\nb\rc\nd");
    const auto stream = lex(file);
    REQUIRE(stream);
    CHECK(token_at(*stream, 6).line == 4);
    CHECK(token_at(*stream, 6).column == 0);
  }

  TEST_CASE("a byte order mark is no part of the first line") {
    const SourceFile file("t.py", "\xEF\xBB\xBFx = 1\n");
    const auto stream = lex(file);
    REQUIRE(stream);
    CHECK(token_at(*stream, 0).column == 0);
  }

  TEST_CASE("numbers keep their text") {
    CHECK(tokens_of("0x_ff 0o17 0b1 1_000 1.5e-3 .5 1. 2j 1if") ==
          "<0x_ff> <0o17> <0b1> <1_000> <1.5e-3> <.5> <1.> <2j> <1> if end of line");
    CHECK(tokens_of("1__0") == "refused: invalid decimal literal");
    CHECK(tokens_of("0b12") == "refused: invalid digit '2' in binary literal");
    CHECK(tokens_of("010").starts_with("refused: leading zeros"));
    CHECK(tokens_of("00 0e1 09.5 0_0") == "<00> <0e1> <09.5> <0_0> end of line");
    CHECK(tokens_of("1abc") == "refused: invalid decimal literal");
  }

  TEST_CASE("every string prefix, in any case and order") {
    CHECK(tokens_of("r'a' B\"b\" bR'c' Rb'd' u'e' '''f\n'g''' \"\"") ==
          "<r'a'> <B\"b\"> <bR'c'> <Rb'd'> <u'e'> <'''f\n'g'''> <\"\"> end of line");
    CHECK(tokens_of("ub'a'") == "<ub> <'a'> end of line");
    CHECK(tokens_of(R"('a\'b' r'a\'b')") == R"(<'a\'b'> <r'a\'b'> end of line)");
  }

  TEST_CASE("a string that does not end is refused where it began") {
    const SourceFile file("t.py", "a\nb = '''x\ny\n");
    const auto stream = lex(file);
    REQUIRE_FALSE(stream);
    CHECK(stream.error().line == 2);
    CHECK(stream.error().message == "unterminated triple-quoted string literal (detected at line 3)");
    CHECK(tokens_of("'a\\\\\n'") == "refused: unterminated string literal (detected at line 1)");
  }

  TEST_CASE("an f-string is its texts and the tokens of its fields") {
    CHECK(tokens_of("f'a{b!r:>{w}}c'") == "f-string <a> { <b> ! <r> : <>> { <w> } } <c> end of f-string end of line");
    CHECK(tokens_of("f'{{a}}'") == "f-string <{{a}}> end of f-string end of line");
    CHECK(tokens_of("f'{x!=y}{x:=5}'") == "f-string { <x> != <y> } { <x> : <=5> } end of f-string end of line");
    CHECK(tokens_of("f'{a['b']}'") == "f-string { <a> [ <'b'> ] } end of f-string end of line");
    CHECK(tokens_of("f'{f'{1}'}'") == "f-string { f-string { <1> } end of f-string } end of f-string end of line");
    CHECK(tokens_of("f'{(x:=5)}'") == "f-string { ( <x> := <5> ) } end of f-string end of line");
  }

  TEST_CASE("f-strings are refused with their own words") {
    CHECK(tokens_of("f'}'") == "refused: f-string: single '}' is not allowed");
    CHECK(tokens_of("f'{x'") == "refused: f-string: expecting '}'");
    CHECK(tokens_of("f'abc") == "refused: unterminated f-string literal (detected at line 1)");
  }

  TEST_CASE("brackets must match") {
    CHECK(tokens_of("(]") == "refused: closing parenthesis ']' does not match opening parenthesis '('");
    CHECK(tokens_of("(\n]") == "refused: closing parenthesis ']' does not match opening parenthesis '(' on line 1");
    CHECK(tokens_of(")") == "refused: unmatched ')'");
    CHECK(tokens_of(std::string(201, '(')) == "refused: too many nested parentheses");
  }

  TEST_CASE("names may use the letters of any script, but not what Python would rewrite") {
    CHECK(tokens_of("größe = π") == "<größe> = <π> end of line");
    CHECK(tokens_of("x = “a”") == "refused: invalid character '“' (U+201C)");
    CHECK(tokens_of("x =\u00A01") == "refused: invalid non-printable character U+00A0");
    CHECK(tokens_of("\uFB01 = 1") == "refused: an identifier that Python would rewrite (NFKC)");
  }

  TEST_CASE("text that is not UTF-8 and other encodings are refused") {
    CHECK(tokens_of("x = '\xFF'") == "refused: (unicode error) 'utf-8' codec can't decode byte 0xff");
    CHECK(tokens_of(std::string("a\0b", 3)) == "refused: source code cannot contain null bytes");
    CHECK(tokens_of("# -*- coding: latin-1 -*-\n") == "refused: source encoding 'latin-1'");
    CHECK(tokens_of("#!/usr/bin/python\n# vim: set fileencoding=utf-8 :\nx") == "<x> end of line");
  }
}
