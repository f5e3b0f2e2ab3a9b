#include "model/formats/toml.h"

#include "model/base/random.h"

#include <doctest/doctest.h>

using namespace lockweave;
using formats::parse_toml;
using formats::TomlReader;

TEST_SUITE_BEGIN("model/formats");

TEST_CASE("values come with their types, in the order of the text") {
  const SourceFile source("x.toml", "z = true\na = \"word\"\nn = 3\nl = [\"x\", \"y\"]\n[t]\nk = false\n");
  const auto table = parse_toml(source);
  REQUIRE(table);
  REQUIRE(table->size() == 5);
  CHECK(table->at(0).key == "z");
  CHECK(table->at(1).place == LineColumn{2, 1});
  TomlReader reader(source, *table, {"z", "a", "n", "l", "t", "absent"});
  CHECK(reader.boolean("z") == true);
  CHECK(reader.text("a") == "word");
  CHECK(reader.count("n") == 3);
  CHECK(reader.texts("l") == std::vector<std::string>{"x", "y"});
  CHECK(reader.texts("a") == std::vector<std::string>{"word"});
  CHECK(reader.table("t") != nullptr);
  CHECK(reader.text("absent") == std::nullopt);
  CHECK_FALSE(reader.error());
}

TEST_CASE("an unknown key is an error at its place, with a suggestion") {
  const SourceFile source("x.toml", "title = \"\"\nrefrence = \"\"\n");
  const auto table = parse_toml(source);
  REQUIRE(table);
  const TomlReader reader(source, *table, {"title", "reference"});
  REQUIRE(reader.error());
  CHECK(render(*reader.error()) ==
        "x.toml:2:1: error: unknown key 'refrence'\n    refrence = \"\"\n    ^\nhint: did you mean 'reference'?\n");
}

TEST_CASE("a value of another type is an error at the value") {
  const SourceFile source("x.toml", "k = 1.5\n");
  const auto table = parse_toml(source);
  REQUIRE(table);
  const auto message = [&](auto ask) {
    TomlReader reader(source, *table, {"k"});
    ask(reader);
    REQUIRE(reader.error());
    CHECK(reader.error()->line == 1);
    CHECK(reader.error()->column == 5);
    return reader.error()->message;
  };
  CHECK(message([](auto& reader) { reader.boolean("k"); }) == "'k' must be true or false");
  CHECK(message([](auto& reader) { reader.count("k"); }) == "'k' must be a whole number, 0 or more");
  CHECK(message([](auto& reader) { reader.text("k"); }) == "'k' must be a text in quotes");
  CHECK(message([](auto& reader) { reader.texts("k"); }) == "'k' must be a text in quotes or a list of texts");
  CHECK(message([](auto& reader) { reader.table("k"); }) == "'k' must be a table");
}

TEST_CASE("a negative count is refused") {
  const SourceFile source("x.toml", "k = -1\n");
  const auto table = parse_toml(source);
  REQUIRE(table);
  TomlReader reader(source, *table, {"k"});
  CHECK_FALSE(reader.count("k"));
  CHECK(reader.error());
}

TEST_CASE("broken TOML is an error with its line") {
  for (const std::string text : {"a = 1\nb = \n", "a = 1\na = 2\n", "a = 1\n[t\n", "a = 1\nb = \"x\n", "a = 1\n[,]\n"}) {
    CAPTURE(text);
    const auto table = parse_toml(SourceFile("x.toml", text));
    REQUIRE(!table);
    CHECK(table.error().code == DiagnosticCode::MalformedToml);
    CHECK(table.error().line == 2);
  }
  const auto bytes = parse_toml(SourceFile("x.toml", "a = 1\n\xff = 2\n"));
  REQUIRE(!bytes);
  CHECK(bytes.error().line >= 1);  // toml++ names the character before
}

TEST_CASE("dates mean nothing here") {
  const auto table = parse_toml(SourceFile("x.toml", "a = 2020-01-01\n"));
  REQUIRE(!table);
  CHECK(table.error().code == DiagnosticCode::BadValue);
}

TEST_CASE("deep nesting is refused, not a stack overflow") {
  std::string dotted = "[a";
  for (int i = 0; i < 300000; ++i) dotted += ".a";
  const std::string brackets = "a = " + std::string(300000, '[');
  std::string tables = "a = ";
  for (int i = 0; i < 100000; ++i) tables += "{a=";
  for (const auto& text : {dotted + "]\n", brackets, tables}) CHECK(!parse_toml(SourceFile("x.toml", text)));
}

TEST_CASE("random bytes are TOML or an error, never a crash") {
  Random random(5);
  for (int i = 0; i < 2000; ++i) {
    std::string text;
    for (auto size = random.below(40); size > 0; --size) text += "a=[]{}\".,\n #1-\xff\0"[random.below(17)];
    CAPTURE(text);
    const auto table = parse_toml(SourceFile("x.toml", text));
    if (!table) CHECK_FALSE(table.error().message.empty());
  }
}

TEST_SUITE_END();
