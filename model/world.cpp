#include "model/world.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <mutex>
#include <regex>
#include <tuple>

#include "model/base/embedded.h"
#include "model/bytecode/compiler.h"
#include "model/design/gil_texts.h"
#include "model/design/texts.h"
#include "model/syntax/parser.h"
#include "model/syntax/subset.h"
#include "model/vm/modules.h"

namespace lockweave {

using builtins::TypeId;
using builtins::type_value;
using state::ObjectKind;
using state::Tag;
using vm::Origin;
namespace slot = state::slot;

namespace {

constexpr std::string_view python_folder = "model/library/python/";
constexpr std::string_view native_folder = "model/library/native/";
constexpr std::string_view import_c_module = "_import_c";  // what native texts know the C side of import as
constexpr std::string_view importlib_util = "importlib.util";

// The texts that share the namespace of `_builtins.py`, in the order in which they run: the other ones use what `_classes` imports and defines.
constexpr std::array<std::string_view, 12> texts_of_builtins{"_classes",    "_iterators",  "_bytearray", "_builtins", "_text",    "_str_format",
                                                             "_comparison", "_arithmetic", "_objects",   "_items",    "_machine", "_containers"};

// Texts of model/library/native that are no modules a program imports by that name.
bool is_inner(const std::string& name) {
  return name == "_machine_importers" || name == "_files" || name == "_library_folder" || name == "_extensions" || name == "_machine_gil" || name == "_subinterpreters" || name == import_c_module ||
         std::find(texts_of_builtins.begin(), texts_of_builtins.end(), name) != texts_of_builtins.end();
}

std::optional<std::string> python_path(const std::string& name) {
  std::string path(python_folder);
  for (char c : name) path += c == '.' ? '/' : c;
  if (embedded_file(path + ".py")) return path + ".py";
  if (embedded_file(path + "/__init__.py")) return path + "/__init__.py";
  return std::nullopt;
}

// The modules that a text imports anywhere in it. package: what `from .name` is relative to.
std::vector<std::string> find_imports(std::string_view text, const std::string& package) {
  static const std::regex statement(R"((?:^|\n)[ \t]*(?:import|from)[ \t]+(\.?)([\w.]*)(?:[ \t]+import[ \t]+(\w+))?)");
  std::vector<std::string> names;
  const std::string owned(text);
  for (std::sregex_iterator i(owned.begin(), owned.end(), statement), end; i != end; ++i) {
    const std::string dot_between = (*i)[1].length() > 0 && (*i)[2].length() > 0 ? "." : "";
    const std::string name = ((*i)[1].length() > 0 ? package : std::string()) + dot_between + (*i)[2].str();
    for (std::size_t dot = name.find('.'); dot != std::string::npos; dot = name.find('.', dot + 1)) names.push_back(name.substr(0, dot));
    names.push_back(name);
    if ((*i)[3].matched) names.push_back(name + "." + (*i)[3].str());
  }
  return names;
}

// The same, looked for once for all machines of a process.
std::vector<std::string> imported_by(std::string_view text, const std::string& package = {}) {
  static std::mutex mutex;
  static std::map<std::pair<std::string, std::string>, std::vector<std::string>> known;
  const std::scoped_lock lock(mutex);
  const std::pair key(std::string(text), package);
  const auto found = known.find(key);
  return found != known.end() ? found->second : known.emplace(key, find_imports(text, package)).first->second;
}

using CompiledCode = std::shared_ptr<const bytecode::Code>;

Result<CompiledCode> compile_text(std::string name, std::string text, const bytecode::CompileOptions& options) {
  auto file = std::make_shared<const SourceFile>(std::move(name), std::move(text));
  auto tree = syntax::parse(*file);
  if (!tree) return fail(tree);
  if (auto refused = syntax::check_subset(*file, *tree)) return fail(*refused);
  return bytecode::compile(*tree, file, options);
}

// The texts of the library and of importlib are the same for many machines of a process: each is compiled once for a version of Python.
class CompiledLibrary {
 public:
  Result<CompiledCode> compile(std::string name, std::string text, const bytecode::CompileOptions& options) {
    const std::scoped_lock lock(mutex_);
    const Key key(name, text, options.native, options.version);
    if (const auto known = codes_.find(key); known != codes_.end()) return known->second;
    auto code = compile_text(std::move(name), std::move(text), options);
    if (code) codes_.emplace(key, *code);
    return code;
  }

 private:
  using Key = std::tuple<std::string, std::string, bool, std::pair<int, int>>;
  std::mutex mutex_;
  std::map<Key, CompiledCode> codes_;
};

CompiledLibrary& compiled_library() {
  static CompiledLibrary library;
  return library;
}

// Is this module of model/library/python there before main starts?
bool is_wanted(const scenario::Scenario& scenario, std::string_view name) {
  return is_mentioned(scenario, name.substr(0, name.find('.'))) && is_mentioned(scenario, name);
}

}  // namespace

bool is_mentioned(const scenario::Scenario& scenario, std::string_view name) {
  const std::string_view word = name.substr(name.rfind('.') + 1);
  return std::any_of(scenario.files.begin(), scenario.files.end(), [&](const scenario::ScenarioFile& file) {
    for (std::size_t at = file.text.find(word); at != std::string::npos; at = file.text.find(word, at + 1)) {
      const auto is_word = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; };
      const bool begins = at == 0 || !is_word(file.text[at - 1]);
      const bool ends = at + word.size() >= file.text.size() || !is_word(file.text[at + word.size()]);
      if (begins && ends) return true;
    }
    return false;
  });
}

std::string without_heading(std::string text) {
  constexpr std::string_view heading = "error: ";
  if (const std::size_t at = text.find(heading); at != std::string::npos) text.erase(at, heading.size());
  return text;
}

Fingerprint design_digest(const scenario::Scenario& scenario, const design::Design& design) {
  const Fingerprint digest = design.digest_of_run(scenario.finder == scenario::Finder::Files);
  if (!design.importlib_util || !is_wanted(scenario, importlib_util)) return digest;
  Hasher hasher;
  hasher.add(digest);
  hasher.add(design.importlib_util->text());
  return hasher.finish();
}

Result<state::Value> WorldBuilder::compile(std::string name, std::string text, Origin origin, bool native, bool is_c) {
  const std::pair key(name, text);
  if (first_ != nullptr) {
    if (const auto known = first_->codes_.find(key); known != first_->codes_.end()) return known->second;
  }
  const bytecode::CompileOptions options{.native = native, .version = {design_.python_version.major, design_.python_version.minor}};
  auto code = origin == Origin::Scenario ? compile_text(std::move(name), std::move(text), options) : compiled_library().compile(std::move(name), std::move(text), options);
  if (!code) return fail(code);
  return codes_[key] = Value(Tag::Code, vm_.program().add(*code, origin, vm_.heap, is_c));
}

Result<bool> WorldBuilder::run_module(Value code, ObjectId dictionary, const std::string& what) {
  const Value function = vm_.new_function(code, dictionary);
  vm_.heap.retain(function);
  const auto error = vm_.run_to_end(function, Value::object(dictionary));
  vm_.heap.release(function);
  if (error) return fail(make_diagnostic(DiagnosticCode::Unsupported, fmt::format("{} could not be loaded: {}", what, without_heading(*error))));
  return true;
}

state::Value WorldBuilder::module(const std::string& name) {
  if (const auto found = modules_.find(name); found != modules_.end()) return found->second;
  const Value made = vm_.new_module(name);
  vm_.heap.retain(made);
  modules_[name] = made;
  vm_.builtin_modules()[name] = made;
  return made;
}

state::ObjectId WorldBuilder::dictionary_of(Value m) { return vm_.heap.at(m).slots[slot::module::dictionary].object_id(); }

void WorldBuilder::set(ObjectId dictionary, std::string_view name, Value v) { vm_.heap.set_item(dictionary, vm_.constants.string(name), v); }

void WorldBuilder::make_root() {
  state::Heap& heap = vm_.heap;
  vm_.fixtures.root = heap.allocate(ObjectKind::Root, type_value(TypeId::Object), 0, slot::root::threads);
  heap.retain(Value::object(vm_.fixtures.root));
  const ObjectId root = vm_.fixtures.root;
  heap.set(root, slot::root::import_lock_count, Value::small_int(0));
  heap.set(root, slot::root::import_lock_taken, Value::small_int(0));
  vm_.fixtures.lives = vm_.new_dict();
  vm_.fixtures.life_marks = root;
  heap.set(root, slot::root::module_lives, Value::object(vm_.fixtures.lives));
  const ObjectId main = vm_.new_thread(0, "MainThread", false);
  heap.set(main, slot::thread::started, Value::boolean(true));
}

void WorldBuilder::make_builtins() {
  vm_.fixtures.builtins = dictionary_of(module("builtins"));
  const ObjectId dict = vm_.fixtures.builtins;
  for (std::size_t i = 0; i < builtins::type_count(); ++i) {
    const auto type = static_cast<TypeId>(i);
    const std::string_view name = builtins::type_name(type);
    const bool hidden = name.find('.') != std::string_view::npos || name.find('_') != std::string_view::npos || type == TypeId::NoneType || type == TypeId::EllipsisType ||
                        type == TypeId::NotImplementedType || type == TypeId::Function || type == TypeId::Method || type == TypeId::Code || type == TypeId::Cell ||
                        type == TypeId::Frame || type == TypeId::Traceback || type == TypeId::Generator || type == TypeId::Coroutine || type == TypeId::Module ||
                        type == TypeId::MappingProxy || type == TypeId::Iterator || type == TypeId::WeakRef || type == TypeId::Stream || type == TypeId::Opaque;
    if (!hidden) set(dict, name, type_value(type));
  }
  set(dict, "IOError", type_value(TypeId::OSError));
  set(dict, "EnvironmentError", type_value(TypeId::OSError));
  set(dict, "Ellipsis", Value(Tag::Ellipsis));
  set(dict, "NotImplemented", Value(Tag::NotImplemented));
  set(dict, "__debug__", Value::boolean(true));
  for (const auto& row : vm_.table().module_functions()) set(dictionary_of(module(row.module)), row.name, row.builtin);
  const ObjectId thread = dictionary_of(module("_thread"));
  set(thread, "LockType", type_value(TypeId::Lock));
  set(thread, "RLock", type_value(TypeId::RLock));
  set(thread, "error", type_value(TypeId::RuntimeError));
  set(thread, "TIMEOUT_MAX", vm_.constants.floating(9223372036.0));
  const ObjectId weak = dictionary_of(module("_weakref"));
  set(weak, "ref", type_value(TypeId::WeakRef));
  set(weak, "ReferenceType", type_value(TypeId::WeakRef));
  const ObjectId imp = dictionary_of(module("_imp"));
  set(imp, "check_hash_based_pycs", vm_.string("default"));
  module("_warnings");
}

// A module object serves where C has a named tuple: attributes are all that anybody asks of these.
state::Value WorldBuilder::named_fields(std::initializer_list<std::pair<std::string_view, Value>> fields) {
  const Value made = vm_.new_object(ObjectKind::Instance, TypeId::Object);
  for (const auto& [name, v] : fields) vm_.heap.set_attribute(made.object_id(), vm_.string(name), v);
  return made;
}

void WorldBuilder::make_sys() {
  const ObjectId sys = dictionary_of(module("sys"));
  const auto integer = [&](std::int64_t n) { return vm_.constants.integer(n); };
  const int major = design_.python_version.major;
  const int minor = design_.python_version.minor;
  vm_.fixtures.modules = vm_.new_dict();
  set(sys, "modules", Value::object(vm_.fixtures.modules));
  set(sys, "meta_path", vm_.list({}));
  set(sys, "path_hooks", vm_.list({}));
  set(sys, "path_importer_cache", Value::object(vm_.new_dict()));
  const Value here[] = {vm_.string("")};
  set(sys, "path", vm_.list(here));
  const Value script[] = {vm_.string("main.py")};
  set(sys, "argv", vm_.list(script));
  const Value version[] = {integer(major), integer(minor), integer(0), vm_.string("final"), integer(0)};
  set(sys, "version_info", vm_.tuple(version));
  set(sys, "hexversion", integer(major << 24 | minor << 16 | 0xf0));
  set(sys, "version", vm_.string(fmt::format("{}.{}.0", major, minor)));
  set(sys, "maxsize", vm_.constants.integer(std::int64_t{9223372036854775807}));
  set(sys, "maxunicode", integer(0x10ffff));
  set(sys, "platform", vm_.string("linux"));
  set(sys, "byteorder", vm_.string("little"));
  set(sys, "executable", vm_.string("python3"));
  set(sys, "prefix", vm_.string("/usr"));
  set(sys, "base_prefix", vm_.string("/usr"));
  set(sys, "dont_write_bytecode", Value::boolean(true));
  set(sys, "ps1", vm_.string(">>> "));
  vm_.heap.delete_item(sys, vm_.string("ps1"));
  if (minor >= 11) set(sys, "_stdlib_dir", Value::none());
  set(sys, "pycache_prefix", Value::none());
  if (minor < 13) vm_.heap.delete_item(sys, vm_.string("_is_gil_enabled"));
  const Value zero = integer(0);
  set(sys, "flags", named_fields({{"verbose", zero}, {"optimize", zero}, {"debug", zero}, {"inspect", zero}, {"interactive", zero}, {"no_site", zero},
                                  {"dont_write_bytecode", zero}, {"ignore_environment", zero}, {"bytes_warning", zero}, {"quiet", zero}, {"isolated", zero},
                                  {"dev_mode", Value::boolean(false)}, {"utf8_mode", zero}, {"safe_path", Value::boolean(false)}}));
  set(sys, "implementation", named_fields({{"name", vm_.string("cpython")}, {"cache_tag", vm_.string(fmt::format("cpython-{}{}", major, minor))},
                                           {"version", vm_.heap.get_item(sys, vm_.string("version_info"))}}));
  for (const auto& [name, which] : {std::pair<std::string_view, int>{"stdout", 1}, {"stderr", 2}}) {
    const Value stream = vm_.new_object(ObjectKind::Stream, TypeId::Stream, 1);
    vm_.heap.set(stream.object_id(), 0, Value::small_int(which));
    set(sys, name, stream);
    set(sys, fmt::format("__{}__", name), stream);
  }
}

void WorldBuilder::make_lockweave() {
  const ObjectId dict = dictionary_of(module("_lockweave"));
  const Value version[] = {vm_.constants.integer(design_.python_version.major), vm_.constants.integer(design_.python_version.minor)};
  set(dict, "version", vm_.tuple(version));
  vm_.fixtures.missing = vm_.new_object(ObjectKind::Instance, TypeId::Object);
  set(dict, "missing", vm_.fixtures.missing);
  set(dict, "switches_after_calls", Value::boolean(design_.switch_points != design::SwitchPoints::BlockingOnly));
  set(dict, "finder_sees_files", Value::boolean(runs_external()));
  set(dict, "exit_statuses", exit_statuses());
  const auto mtime = scenario_.bounds.mtime;
  set(dict, "modification_times", vm_.string(mtime == scenario::ModificationTimes::Any ? "any" : mtime == scenario::ModificationTimes::Change ? "change" : "stand"));
}

// With which a child may have ended: those that the scenario's files give as numbers, and 0.
state::Value WorldBuilder::exit_statuses() {
  static const std::regex call(R"(exit\((\d{1,3})\))");
  std::set<int> found{0};
  for (const scenario::ScenarioFile& file : scenario_.files) {
    for (std::sregex_iterator i(file.text.begin(), file.text.end(), call), end; i != end; ++i) found.insert(std::stoi((*i)[1]) & 0xff);
  }
  std::vector<Value> statuses;
  for (const int status : found) statuses.push_back(Value::small_int(status));
  return vm_.tuple(statuses);
}

// What the file system of the program holds at the beginning: all files of the scenario.
void WorldBuilder::lay_out_files() {
  std::vector<Value> files;
  for (const scenario::ScenarioFile& file : scenario_.files) {
    const Value pair[] = {vm_.string(file.name), vm_.constants.bytes(file.text)};
    files.push_back(vm_.tuple(pair));
  }
  set(dictionary_of(module("_lockweave")), "initial_files", vm_.tuple(files));
}

// Some modules only some versions have.
bool WorldBuilder::has_version(std::string_view name) const {
  const auto version = design_.python_version;
  if (name == "_xxsubinterpreters") return version >= design::PythonVersion{3, 8} && version < design::PythonVersion{3, 13};
  return name != "_interpreters" || version >= design::PythonVersion{3, 13};
}

Result<bool> WorldBuilder::load_native(const std::string& name) {
  if (!loaded_.insert(name).second) return true;
  const auto text = embedded_file(std::string(native_folder) + name + ".py");
  if (!text) return true;  // C++ alone
  for (const std::string& other : imported_by(*text)) {
    if (embedded_file(std::string(native_folder) + other + ".py")) {
      if (auto done = load_native(other); !done) return done;
    } else if (python_path(other)) {
      if (auto done = load_python_module(other); !done) return done;
    }
  }
  auto code = compile(std::string(native_folder) + name + ".py", std::string(*text), Origin::Library, true);
  if (!code) return fail(code);
  return run_module(*code, dictionary_of(module(name)), name);
}

Result<bool> WorldBuilder::load_python_module(const std::string& name) {
  if (!loaded_.insert("python:" + name).second) return true;
  const auto path = python_path(name);
  if (!path) return true;
  const bool is_package = path->ends_with("__init__.py");
  // CPython's own file where there is one, so that what a patch changes in it is what is explored.
  const bool is_installed = name == importlib_util && design_.importlib_util.has_value();
  const std::string file = is_installed ? design_.importlib_util->name() : *path;
  const std::string_view text = is_installed ? std::string_view(design_.importlib_util->text()) : *embedded_file(*path);
  if (const std::size_t dot = name.rfind('.'); dot != std::string::npos) {
    if (auto done = load_python_module(name.substr(0, dot)); !done) return done;
  }
  const Value made = module(name);
  const ObjectId dict = dictionary_of(made);
  const std::size_t dot = name.rfind('.');
  const std::string package = is_package ? name : dot == std::string::npos ? "" : name.substr(0, dot);
  set(dict, "__package__", vm_.string(package));
  set(dict, "__file__", vm_.string(file));
  if (is_package) set(dict, "__path__", vm_.list({}));
  if (dot == std::string::npos || modules_.count(name.substr(0, dot)) > 0) {
    for (const std::string& other : imported_by(text, package)) {
      if (other == name || other.starts_with(name + ".")) continue;
      if (python_path(other)) {
        if (auto done = load_python_module(other); !done) return done;
      } else if (!is_inner(other)) {
        if (auto done = load_native(other); !done) return done;
      }
    }
  }
  auto code = compile(file, std::string(text), is_installed ? Origin::Importlib : Origin::Library, false);
  if (!code) return fail(code);
  vm_.heap.set_item(vm_.fixtures.modules, vm_.string(name), made);
  if (auto done = run_module(*code, dict, name); !done) return done;
  if (dot != std::string::npos) set(dictionary_of(module(name.substr(0, dot))), name.substr(dot + 1), made);
  return true;
}

bool WorldBuilder::runs_external() const { return scenario_.finder == scenario::Finder::Files; }

// The short model of CPython's finder and loader of files, under the name of the real ones.
Result<bool> WorldBuilder::load_machine_importers() {
  const std::string name = "_machine_importers";
  loaded_.insert(name);
  external_ = module(name);
  set(dictionary_of(external_), "importlib", importlib_);
  set(dictionary_of(external_), "sys", module("sys"));
  const std::string path = std::string(native_folder) + name + ".py";
  auto code = compile(path, std::string(embedded_file(path).value_or("")), Origin::Library, true);
  if (!code) return fail(code);
  return run_module(*code, dictionary_of(external_), path);
}

Result<bool> WorldBuilder::load_importlib() {
  const bool real = design_.runs_cpython();
  importlib_ = module("_frozen_importlib");
  modules_["importlib._bootstrap"] = importlib_;
  const ObjectId dict = dictionary_of(importlib_);
  set(dict, "__package__", vm_.string(""));
  if (!real) {
    for (const char* name : {"sys", "_imp", "_thread", "_weakref", "_warnings"}) set(dict, name, module(name));
  }
  auto code = compile(design_.importlib.name(), design_.importlib.text(), Origin::Importlib, false);
  if (!code) return fail(code);
  if (auto done = run_module(*code, dict, design_.importlib.name()); !done) return done;
  return true;
}

// Said before anything is loaded.
Result<bool> WorldBuilder::check_finder() const {
  if (!runs_external()) return true;
  const auto refuse = [&](DiagnosticCode code, std::string message, std::string hint) {
    return fail(make_diagnostic(code, std::move(message), scenario_.settings, scenario_.finder_place).with_hint(std::move(hint)));
  };
  if (!design_.runs_cpython()) {
    return refuse(DiagnosticCode::BadValue, fmt::format("the design '{}' runs no importlib of CPython's, and so has no finder of its own for files", design_.name),
                  "choose a CPython design, and say `designs = [\"cpython-*\"]` here, or leave `finder` out");
  }
  if (!design_.importlib_external) {
    return refuse(DiagnosticCode::MissingInterpreter,
                  fmt::format("there is no _bootstrap_external.py beside {}, nor an installed Python {} that has one", design_.importlib.name(), to_text(design_.python_version)),
                  "put one there, install that Python, or leave `finder` out");
  }
  return true;
}

Result<bool> WorldBuilder::load_external() {
  const SourceFile& text = *design_.importlib_external;
  auto code = compile(text.name(), text.text(), Origin::Importlib, false);
  if (!code) return fail(code);
  const ObjectId dict = dictionary_of(external_);
  set(dict, "__package__", vm_.string(""));
  return run_module(*code, dict, text.name());
}

// Its own finders are installed as importlib says. Where sys.path goes on to the standard library, there is what the machine has of it.
Result<bool> WorldBuilder::install_external() {
  state::Heap& heap = vm_.heap;
  const Value install = heap.get_item(dictionary_of(importlib_), vm_.string("_install_external_importers"));
  if (!install.is_unset()) {
    if (const auto error = vm_.call_to_end(install, {}))
      return fail(make_diagnostic(DiagnosticCode::Unsupported, fmt::format("{}: _install_external_importers failed: {}", design_.importlib.name(), without_heading(*error))));
  }
  const ObjectId sys = dictionary_of(module("sys"));
  const ObjectId library = dictionary_of(module("_library_folder"));
  const Value archive = heap.get_item(library, vm_.string("archive"));
  const Value folder = heap.get_item(library, vm_.string("folder"));
  const Value hooks = heap.get_item(sys, vm_.string("path_hooks"));
  std::vector<Value> all{heap.get_item(library, vm_.string("zipimporter"))};
  all.insert(all.end(), heap.at(hooks).slots.begin(), heap.at(hooks).slots.end());
  set(sys, "path_hooks", vm_.list(all));
  const Value path[] = {vm_.string(vm::scenario_folder), archive, folder};
  set(sys, "path", vm_.list(path));
  const ObjectId cache = heap.get_item(sys, vm_.string("path_importer_cache")).object_id();
  heap.set_item(cache, archive, Value::none());
  // The interpreter has looked whether the script is a folder or an archive (Modules/main.c, pymain_run_python).
  const bool is_absolute = design_.python_version >= design::PythonVersion{3, 9};
  heap.set_item(cache, vm_.string(is_absolute ? fmt::format("{}/main.py", vm::scenario_folder) : "main.py"), Value::none());
  heap.set_item(cache, folder, heap.get_item(library, vm_.string("LibraryFolder")));
  vm_.compiles_files = true;
  return true;
}

Result<bool> WorldBuilder::load_import_c() {
  const ObjectId dict = dictionary_of(module(std::string(import_c_module)));
  vm_.fixtures.import_c = dict;
  const auto version = design_.import_c_version.value_or(design_.python_version);
  const Value numbers[] = {vm_.constants.integer(version.major), vm_.constants.integer(version.minor)};
  set(dict, "VERSION", vm_.tuple(numbers));
  set(dict, "sys", module("sys"));
  set(dict, "_imp", module("_imp"));
  set(dict, "modules", Value::object(vm_.fixtures.modules));
  set(dict, "importlib", importlib_);
  const std::string own = design_.runs_cpython() ? "import_statement" : design_.import_c;
  for (const std::string& name : {std::string("common"), own}) {
    const std::string path = "specs/import_c/" + name + ".py";
    const auto text = embedded_file(path);
    if (!text) return fail(make_diagnostic(DiagnosticCode::BadValue, fmt::format("there is no C side of import named '{}'", name)));
    auto code = compile(path, std::string(*text), Origin::ImportC, true);
    if (!code) return fail(code);
    if (auto done = run_module(*code, dict, path); !done) return done;
  }
  vm_.fixtures.original_import = vm_.heap.get_item(dict, vm_.string("builtins_import"));
  set(vm_.fixtures.builtins, "__import__", vm_.fixtures.original_import);
  return true;
}

// How the design forks, or how its interpreter ends: a text of the project's own, or that of the design's folder.
Result<bool> WorldBuilder::load_process_text(const std::string& module_name, design::TextFolder folder, const std::string& name, const std::optional<SourceFile>& own,
                                             std::initializer_list<std::string_view> functions) {
  loaded_.insert(module_name);
  const ObjectId dict = dictionary_of(module(module_name));
  const Value numbers[] = {vm_.constants.integer(design_.python_version.major), vm_.constants.integer(design_.python_version.minor)};
  set(dict, "VERSION", vm_.tuple(numbers));
  const auto texts = design::with_bases(folder, own ? *own : design::text_in(folder, name));
  if (!texts) return fail(texts);
  std::vector<SourceFile> all{design::text_in(folder, "common")};
  all.insert(all.end(), texts->begin(), texts->end());
  for (const SourceFile& text : all) {
    auto code = compile(text.name(), std::string(text.text()), Origin::Library, true);
    if (!code) return fail(code);
    if (auto done = run_module(*code, dict, text.name()); !done) return done;
  }
  for (const std::string_view function : functions) {
    if (vm_.heap.is_kind(vm_.heap.get_item(dict, vm_.string(function)), ObjectKind::Function)) continue;
    return fail(make_diagnostic(DiagnosticCode::BadValue, fmt::format("this {} has no function {}", folder.what, function), texts->back().name())
                    .with_hint(fmt::format("{}common.py has one: do not give its name to anything else", folder.path)));
  }
  return true;
}

// Called by the machine with these, and by nobody else who would say so.
Result<bool> WorldBuilder::check_end() {
  const Value function = vm_.in_exit_text("Py_FinalizeEx");
  const bytecode::Code& code = *vm_.program().code(vm_.heap.at(function).slots[slot::function::code].number()).code;
  if (code.argument_count == 2 && code.keyword_only_count == 0) return true;
  return fail(make_diagnostic(DiagnosticCode::BadValue, "the function Py_FinalizeEx of this way to end takes other arguments than it is given", code.file->name())
                  .with_hint("it is Py_FinalizeEx(atexit, goes_on)"));
}

// Does the code of the scenario's files have this name?
bool WorldBuilder::says(std::string_view name) {
  const Value word = vm_.constants.string(name);
  for (std::uint32_t number = 0; number < vm_.program().size(); ++number) {
    const vm::LoadedCode& code = vm_.program().code(number);
    if (code.origin == Origin::Scenario && std::ranges::find(code.names, word) != code.names.end()) return true;
  }
  return false;
}

Result<bool> WorldBuilder::load_scenario_files() {
  for (const scenario::ScenarioModule& m : scenario_.modules) {
    const scenario::ScenarioFile& file = scenario_.files[m.file];
    auto code = compile(file.name, file.text, Origin::Scenario, false, file.is_c());
    if (!code) return fail(code);
    if (file.is_extension()) {
      if (auto done = load_library(file, *code); !done) return done;
    }
    vm_.files.push_back({file.name, m.name, m.is_package, *code, file.text});
    (void)vm_.module_life(m.name);  // of the base image, so that its number is the same in all states
  }
  return true;
}

state::ObjectId WorldBuilder::make_main_module() {
  const Value made = vm_.new_module("__main__");
  const ObjectId dict = dictionary_of(made);
  set(dict, "__builtins__", module("builtins"));
  vm_.heap.set_item(vm_.fixtures.modules, vm_.string("__main__"), made);
  return dict;
}

void WorldBuilder::start_main() {
  const ObjectId dict = make_main_module();
  vm_.fixtures.main_dictionary = dict;
  set(dict, "__file__", vm_.string("main.py"));
  for (const vm::ScenarioFile& file : vm_.files) {
    if (file.path == "main.py") vm_.start_main(vm_.new_function(file.code, dict), Value::object(dict));
  }
}

// Everything that exists now can be reached by every thread through some module; only what a thread makes is its own.
void WorldBuilder::share_all() {
  vm_.heap.for_each([&](ObjectId id) {
    state::Object& object = vm_.heap.at(id);
    if (object.kind != ObjectKind::Frame) object.escaped = true;
  });
}

// What each interpreter has: builtins, sys, the machine's modules and those of the library that the program wants, importlib, the C side of import.
Result<bool> WorldBuilder::build_interpreter() {
  make_builtins();
  make_sys();
  if (first_ == nullptr) make_lockweave();
  vm_.fixtures.library = dictionary_of(module("_builtins"));
  loaded_.insert("_builtins");
  for (std::string_view text : texts_of_builtins) {
    const std::string path = fmt::format("{}{}.py", native_folder, text);
    auto code = compile(path, std::string(embedded_file(path).value_or("")), Origin::Library, true);
    if (!code) return fail(code);
    if (auto done = run_module(*code, vm_.fixtures.library, path); !done) return done;
  }
  const std::vector<Value> own = vm_.heap.at(vm_.fixtures.library).slots;
  for (std::size_t i = 0; i < own.size(); i += 2) {
    const std::string& name = vm_.text(own[i]);
    if (name == "sys" || (name.starts_with("_") && name != "__build_class__")) continue;
    vm_.heap.set_item(vm_.fixtures.builtins, own[i], own[i + 1]);
  }
  if (auto done = load_importlib(); !done) return done;
  lay_out_files();
  if (runs_external()) {
    external_ = module("_frozen_importlib_external");
    for (const char* name : {"_io", "posix", "marshal", "_library_folder"}) {
      if (auto done = load_native(name); !done) return done;
    }
  } else if (auto done = load_machine_importers(); !done) {
    return done;
  }
  // Only what was there when the program starts is in sys.modules: C modules and importlib's own two.
  state::Heap& heap = vm_.heap;
  std::vector<Value> names;
  for (const auto& [name, made] : modules_) {
    if (is_inner(name) || name == "_lockweave" || name == "importlib._bootstrap") continue;
    heap.set_item(vm_.fixtures.modules, vm_.string(name), made);
    if (!name.starts_with("_frozen_importlib")) names.push_back(vm_.string(name));
  }
  heap.set_item(vm_.fixtures.modules, vm_.string("_frozen_importlib_external"), external_);
  // `import importlib` gives them another name in sys.modules; no initialisation begins with that.
  for (const Value own : {importlib_, external_}) heap.set(own.object_id(), slot::module::life, Value::small_int(slot::module_life::complete));
  const ObjectId sys = dictionary_of(module("sys"));
  set(sys, "builtin_module_names", vm_.tuple(names));
  if (auto done = load_import_c(); !done) return done;
  if (runs_external()) {
    if (auto done = load_external(); !done) return done;
  }
  const ObjectId importlib = dictionary_of(importlib_);
  if (design_.runs_cpython()) {
    const Value install[] = {module("sys"), module("_imp")};
    const auto error = vm_.call_to_end(heap.get_item(importlib, vm_.string("_install")), install);
    if (error) return fail(make_diagnostic(DiagnosticCode::Unsupported, fmt::format("{}: _install failed: {}", design_.importlib.name(), without_heading(*error))));
    set(importlib, "_bootstrap_external", external_);
  } else {
    heap.append(heap.get_item(sys, vm_.string("meta_path")).object_id(), heap.get_item(dictionary_of(external_), vm_.string("LibraryFinder")));
  }
  if (runs_external()) {
    if (auto done = install_external(); !done) return done;
  } else {
    const Value finder = heap.get_item(dictionary_of(external_), vm_.string("ScenarioFinder"));
    heap.append(heap.get_item(sys, vm_.string("meta_path")).object_id(), finder);
    set(sys, "path_hooks", heap.get_item(dictionary_of(external_), vm_.string("path_hooks")));
    set(sys, "path_importer_cache", heap.get_item(dictionary_of(external_), vm_.string("path_importer_cache")));
  }

  for (const EmbeddedFile& file : embedded_files()) {
    if (file.path.starts_with(native_folder)) {
      const std::string name(file.path.substr(native_folder.size(), file.path.size() - native_folder.size() - 3));
      if (is_inner(name) || !is_mentioned(scenario_, name) || name == "capi" || !has_version(name)) continue;
      if (auto done = load_native(name); !done) return done;
      heap.set_item(vm_.fixtures.modules, vm_.string(name), module(name));
    } else if (file.path.starts_with(python_folder)) {
      std::string name(file.path.substr(python_folder.size(), file.path.size() - python_folder.size() - 3));
      if (name.ends_with("/__init__")) name.resize(name.size() - 9);
      std::replace(name.begin(), name.end(), '/', '.');
      if (!is_wanted(scenario_, name)) continue;
      if (auto done = load_python_module(name); !done) return done;
    }
  }
  if (runs_external() && design_.importlib_external->text().find("importlib.metadata") != std::string::npos &&
      (is_mentioned(scenario_, "invalidate_caches") || is_mentioned(scenario_, "find_distributions"))) {
    if (auto done = load_python_module("importlib.metadata"); !done) return done;
  }
  if (is_mentioned(scenario_, "open")) {
    if (auto done = load_native("_io"); !done) return done;
    set(vm_.fixtures.builtins, "open", heap.get_item(dictionary_of(module("_io")), vm_.string("open")));
  }
  // Library modules that other library modules needed are loaded, too, and importable, as builtin modules are.
  for (const auto& [name, made] : modules_) {
    if (is_inner(name) || name == "_lockweave" || scenario_.find_module(name) != nullptr) continue;
    heap.set_item(vm_.fixtures.modules, vm_.string(name), made);
  }
  // Whatever they put into sys.modules while they were loaded is done, too.
  for (const Value loaded : heap.at(vm_.fixtures.modules).slots) {
    if (heap.is_kind(loaded, ObjectKind::Module) && heap.at(loaded).slots[slot::module::life] == Value::small_int(slot::module_life::initialising))
      heap.set(loaded.object_id(), slot::module::life, Value::small_int(slot::module_life::complete));
  }
  return true;
}

Result<bool> WorldBuilder::build() {
  if (auto done = check_finder(); !done) return done;
  vm_.has_extensions = scenario_.has_extensions();
  make_root();
  if (auto done = build_interpreter(); !done) return done;
  if (auto done = load_process_text("_fork", design::fork_folder, design_.fork, design_.fork_text, {"PyOS_BeforeFork", "PyOS_AfterFork_Parent", "PyOS_AfterFork_Child"}); !done) return done;
  if (auto done = load_process_text("_exit", design::exit_folder, design_.exit, design_.exit_text, {"Py_FinalizeEx"}); !done) return done;
  if (auto done = check_end(); !done) return done;
  if (auto done = load_c_api(); !done) return done;
  if (auto done = load_scenario_files(); !done) return done;
  vm_.keep_interpreter();
  if (auto done = build_further_interpreters(); !done) return done;
  vm_.has_interrupts = says("lockweave") && says("interrupt");
  start_main();
  share_all();
  return true;
}

}  // namespace lockweave
