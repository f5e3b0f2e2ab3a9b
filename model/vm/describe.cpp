// Values, locations, threads and exceptions in words.
#include <fmt/format.h>

#include "model/builtins/operators.h"
#include "model/vm/vm.h"

namespace lockweave::vm {

using builtins::done;

std::string Vm::describe(Value v, int depth) {
  switch (v.tag()) {
    case Tag::Unset: return "nothing";
    case Tag::Opaque: {
      // get_ident() gives a thread's number plus one; names of other tokens help nobody.
      const Object& root = heap.at(fixtures.root);
      for (std::size_t i = slot::root::threads; i + 1 < root.slots.size(); i += 2) {
        if (static_cast<std::uint64_t>(root.slots[i].as_int()) + 1 == v.payload()) return fmt::format("ident of {}", describe(root.slots[i + 1]));
      }
      return "<id>";
    }
    case Tag::Type: return std::string(builtins::type_name(builtins::type_id(v)));
    case Tag::Builtin: return table_->row(v).name;
    case Tag::Code: return program_->code(v.number()).code->qualname;
    case Tag::Weak: return describe(Value::object(v.object_id()), depth);
    case Tag::Object: break;
    default: {
      std::string out;
      (void)builtins::plain_repr(*this, v, out);
      return out;
    }
  }
  const Object& o = heap.at(v);
  const auto attribute = [&](std::string_view name) {
    return v.object_id() == fixtures.root || o.kind != ObjectKind::Instance ? Value() : heap.get_attribute(v.object_id(), string(name));
  };
  switch (o.kind) {
    case ObjectKind::Root: return "the import lock";
    case ObjectKind::Thread: return text(o.slots[slot::thread::name]);
    case ObjectKind::Module: {
      const Value name = heap.get_item(o.slots[slot::module::dictionary].object_id(), names.name);
      return fmt::format("module '{}'", name.is_string() ? text(name) : "?");
    }
    case ObjectKind::ModuleLife: return fmt::format("initialisation of '{}'", text(o.slots[slot::life::name]));
    case ObjectKind::Class: return text(o.slots[slot::klass::name]);
    case ObjectKind::Function: return text(o.slots[slot::function::qualname]);
    case ObjectKind::BoundMethod: case ObjectKind::BoundBuiltin: return depth > 2 ? "method" : describe(o.slots[0], depth + 1);
    case ObjectKind::Instance: {
      if (const std::string variable = variable_of_c(v); !variable.empty()) return variable;
      const Value name = attribute("name");
      const std::string cls = type_name_of(v);
      if (is_instance(v, TypeId::BaseException)) return cls;
      return name.is_string() ? fmt::format("{}('{}')", cls, text(name)) : cls;
    }
    case ObjectKind::Dict: {
      const auto interpreter = interpreter_with_modules(v.object_id());
      return interpreter ? in_interpreter("sys.modules", *interpreter) : name_of_dictionary(v.object_id());
    }
    case ObjectKind::Lock: case ObjectKind::RLock: return lock_name(v.object_id());
    case ObjectKind::WeakRef: {
      if (o.cls == type_value(TypeId::Opaque)) return "<id>";
      const Value referent = o.slots[slot::weakref::referent];
      return referent.is(Tag::Weak) && depth <= 2 ? "reference to " + describe(Value::object(referent.object_id()), depth + 1) : "dead reference";
    }
    default: return type_name_of(v);
  }
}

// A mutex, an atomic variable and their kind are called as the C code calls them.
std::string Vm::variable_of_c(Value v) {
  if (!runs_gil_text() && !has_extensions) return {};
  const Value cls = heap.at(v).cls;
  if (!cls.is_object() || heap.get_item(heap.at(cls).slots[slot::klass::dictionary].object_id(), names.module) != string("capi")) return {};
  const std::string holder = global_that_holds(v);
  return holder.starts_with("capi.") ? holder.substr(5) : holder;
}

// What a thread waits for that waits for its turn at a condition or an atomic variable of C.
std::string Vm::variable_waited_for(Value turn) {
  for (ObjectId id = 0; (runs_gil_text() || has_extensions) && id < heap.base_limit(); ++id) {
    if (heap.at(id).kind != ObjectKind::Instance) continue;
    const Value waiting = heap.get_attribute(id, string("_waiting"));
    if (!heap.is_kind(waiting, ObjectKind::List)) continue;
    const auto& turns = heap.at(waiting).slots;
    if (std::ranges::find(turns, turn) != turns.end()) return variable_of_c(Value::object(id));
  }
  return {};
}

// The dictionary of a module is called by the module's name, another one by the global that holds it.
std::string Vm::name_of_dictionary(ObjectId id) {
  const Value name = heap.get_item(id, names.name);
  if (name.is_string()) return in_interpreter(text(name), interpreter_with_namespace(id));
  std::string holder = global_that_holds(Value::object(id));
  if (holder.empty()) holder = attribute_that_holds(Value::object(id));
  return holder.empty() ? "dict" : holder;
}

// "_blocking_on.data": an attribute of an object of the base image that a global holds.
std::string Vm::attribute_that_holds(Value v) {
  for (ObjectId id = 0; id < heap.base_limit(); ++id) {
    const Object& object = heap.at(id);
    if (object.kind != ObjectKind::Instance) continue;
    const bool inline_attributes = object.attributes.is_unset();
    const auto& pairs = inline_attributes ? object.slots : heap.at(object.attributes).slots;
    for (std::size_t i = 0; i + 1 < pairs.size(); i += 2) {
      if (pairs[i + 1] != v || !pairs[i].is_string()) continue;
      const std::string holder = global_that_holds(Value::object(id));
      if (!holder.empty()) return holder + "." + text(pairs[i]);
    }
  }
  return {};
}

std::string Vm::global_that_holds(Value v) {
  const auto search = [&](ObjectId dict, const std::string& prefix) -> std::string {
    const auto& slots = heap.at(dict).slots;
    for (std::size_t i = 0; i + 1 < slots.size(); i += 2) {
      if (slots[i + 1] == v && slots[i].is_string()) return prefix + text(slots[i]);
    }
    return {};
  };
  for (std::uint32_t number = 0; number < interpreters.size(); ++number) {
    const auto& modules = heap.at(interpreters[number].modules).slots;
    for (std::size_t i = 0; i + 1 < modules.size(); i += 2) {
      if (!heap.is_kind(modules[i + 1], ObjectKind::Module) || !modules[i].is_string()) continue;
      const std::string& name = text(modules[i]);
      const std::string prefix = name == "__main__" || name == "_frozen_importlib" ? "" : name + ".";
      std::string found = search(heap.at(modules[i + 1]).slots[slot::module::dictionary].object_id(), prefix);
      if (!found.empty()) return in_interpreter(std::move(found), number);
    }
  }
  return {};
}

// A lock has no name of its own: it is called by the object or the global that holds it.
std::string Vm::lock_name(ObjectId id) {
  const Value lock = Value::object(id);
  if (std::string global = global_that_holds(lock); !global.empty()) return global;
  if (std::string variable = variable_waited_for(lock); !variable.empty()) return variable;
  for (ObjectId t : threads()) {
    for (Value link = heap.at(t).slots[slot::thread::frame]; link.is_object(); link = heap.at(link).slots[slot::frame::back]) {
      const Object& frame = heap.at(link);
      for (std::size_t i = slot::frame::first_local; i < frame.slots.size(); ++i) {
        if (!heap.is_kind(frame.slots[i], ObjectKind::Instance)) continue;
        const Object& holder = heap.at(frame.slots[i]);
        for (std::size_t k = 0; k + 1 < holder.slots.size(); k += 2) {
          if (holder.slots[k + 1] == lock && holder.slots[k].is_string()) return describe(frame.slots[i], 1) + "." + text(holder.slots[k]);
        }
      }
    }
  }
  return heap.at(id).kind == ObjectKind::RLock ? "an RLock" : "a lock";
}

std::string Vm::describe_location(ObjectId id, Value key) {
  const std::string object = describe(Value::object(id));
  if (key.is(Tag::Unset)) {
    switch (static_cast<Part>(key.payload())) {
      case Part::Length: return "the length of " + object;
      case Part::Order: return "the order of " + object;
      case Part::References: return "the references to " + object;
      case Part::Class: return "the class of " + object;
      case Part::Dictionary: return "the __dict__ of " + object;
      default: return object;
    }
  }
  const ObjectKind kind = heap.at(id).kind;
  if (kind == ObjectKind::ModuleLife) return object;
  if (kind == ObjectKind::Dict && key.is_string() && heap.get_item(id, names.name).is_string()) return object + "." + text(key);
  if (kind == ObjectKind::Dict || kind == ObjectKind::List || kind == ObjectKind::Set) return fmt::format("{}[{}]", object, describe(key));
  if (key == string("value") && !variable_of_c(Value::object(id)).empty()) return object;  // of an atomic variable
  return key.is_string() ? object + "." + text(key) : object;
}

namespace {

std::string_view word_for(AccessKind kind) {
  switch (kind) {
    case AccessKind::Read: return "read";
    case AccessKind::Write: return "write";
    case AccessKind::Acquire: return "acquire";
    case AccessKind::Release: return "release";
    case AccessKind::TryAcquire: case AccessKind::FailedTry: case AccessKind::OwnTry: return "try";
    case AccessKind::ForeignRelease: return "release";
    case AccessKind::Park: return "wait";
    case AccessKind::Start: return "start";
    case AccessKind::Begin: return "begin";
    case AccessKind::End: return "end";
    case AccessKind::Join: return "join";
  }
  return "";
}

}  // namespace

// The words of a step are those of its first visible operation; the others are its effects.
void Vm::describe_visible(ObjectId id, std::uint64_t key, AccessKind kind) {
  if (!recording_) return;
  const Value as_key = Value::from_bits(key);
  std::string operation(word_for(kind));
  const ObjectKind object_kind = heap.at(id).kind;
  if ((id == fixtures.root || object_kind == ObjectKind::Thread) && as_key == Value(Tag::Unset, static_cast<std::uint64_t>(Part::Whole))) {
    describe_stop();
    if (report_.words.operation.empty()) {
      report_.words.operation = "write";
      report_.words.object = "standard output";
    }
    return;
  }
  if (object_kind == ObjectKind::Thread && as_key == Value(Tag::Unset, static_cast<std::uint64_t>(Part::Length))) return;  // the start has words of its own
  const bool is_lock = object_kind == ObjectKind::Lock || object_kind == ObjectKind::RLock || id == fixtures.root;
  if (is_lock && kind == AccessKind::Write && frame_ != nullptr) operation = lock_operation();
  if (object_kind == ObjectKind::Thread && kind == AccessKind::Write) operation = as_key == Value(Tag::Unset, static_cast<std::uint64_t>(Part::Started)) ? "begin" : "end";
  if (object_kind == ObjectKind::Thread && kind == AccessKind::Read) operation = "look at";
  if (object_kind == ObjectKind::Thread && as_key == Value(Tag::Unset, static_cast<std::uint64_t>(Part::Interrupts))) operation = "interrupt";
  const std::string object = describe_location(id, as_key);
  if (object == report_.words.object && operation == report_.words.operation) return;
  if (!report_.words.operation.empty()) {
    const std::string effect = fmt::format("{} {}", operation, object);
    if (report_.words.effects.size() < 12 && (report_.words.effects.empty() || report_.words.effects.back() != effect)) report_.words.effects.push_back(effect);
    return;
  }
  describe_stop();
  report_.words.operation = operation;
  report_.words.object = object;
}

std::string Vm::lock_operation() {
  const bytecode::Instruction& instruction = code_->code->instructions[pc_];
  if (instruction.opcode == bytecode::Opcode::BeforeWith) return "acquire";
  if (instruction.opcode == bytecode::Opcode::CallMethod) {
    const Value function = peek(static_cast<std::size_t>(instruction.arg) + 1);
    if (function.is(Tag::Builtin)) {
      const std::string& name = table_->row(function).name;
      if (name.find("release") != std::string::npos || name == "__exit__") return "release";
      if (name.find("acquire") != std::string::npos || name == "__enter__") return "acquire";
      if (name == "set_import_lock") return "renew";
      return name;
    }
  }
  if (instruction.opcode == bytecode::Opcode::CallFunction) {
    const Value function = peek(static_cast<std::size_t>(instruction.arg));
    if (heap.is_kind(function, ObjectKind::BoundBuiltin)) {
      const std::string& name = table_->row(heap.at(function).slots[0]).name;
      return name == "__exit__" ? "release" : name;
    }
    if (function.is(Tag::Builtin)) return table_->row(function).name;
  }
  return "acquire";
}

// Where the thread stands: the innermost frame of a text that the reader can open, so not one of the machine's own library.
void Vm::describe_stop() {
  if (!recording_ || report_.words.line != 0) return;
  const Value top = frame_ != nullptr ? Value::object(frame_id_) : heap.at(thread_).slots[slot::thread::frame];
  for (Value link = top; link.is_object(); link = heap.at(link).slots[slot::frame::back]) {
    const Object& frame = heap.at(link);
    const LoadedCode& code = code_of(frame);
    if (code.code->flags.native || !code.code->file || code.origin == Origin::Library) continue;
    auto pc = static_cast<std::size_t>(frame.slots[slot::frame::pc].as_int());
    if (frame_ != nullptr && link.object_id() == frame_id_) pc = pc_;
    else if (pc > 0) --pc;
    pc = std::min(pc, code.code->instructions.size() - 1);
    report_.words.file = code.code->file->name();
    report_.words.line = code.code->instructions[pc].line;
    report_.words.function = code.code->name;
    report_.words.source = std::string(code.code->file->line_text(report_.words.line));
    const auto first = report_.words.source.find_first_not_of(" \t");
    report_.words.source = first == std::string::npos ? "" : report_.words.source.substr(first);
    return;
  }
}

std::string Vm::exception_text(Value exception) {
  const std::string name = type_name_of(exception);
  const Value args = heap.get_attribute(exception.object_id(), names.args);
  std::string message;
  if (heap.is_kind(args, ObjectKind::Tuple) && !heap.at(args).slots.empty()) {
    const auto& items = heap.at(args).slots;
    if (is_instance(exception, TypeId::SyntaxError) && items.size() == 2 && items[0].is_string()) return fmt::format("{}: {}", name, text(items[0]));
    if (is_instance(exception, TypeId::OSError) && items.size() == 2 && items[0].is_int() && items[1].is_string()) {
      const Value file = heap.get_attribute(exception.object_id(), string("filename"));
      return fmt::format("{}: [Errno {}] {}{}", name, items[0].as_int(), text(items[1]), file.is_string() ? fmt::format(": '{}'", text(file)) : "");
    }
    const Value shown = items.size() == 1 ? items[0] : args;
    const bool as_repr = items.size() > 1 || is_instance(exception, TypeId::KeyError);
    const auto status = as_repr ? builtins::plain_repr(*this, shown, message) : builtins::plain_str(*this, shown, message);
    if (status != builtins::TextStatus::Ok) message = describe(shown);
  }
  return message.empty() ? name : name + ": " + message;
}

std::string Vm::traceback_text(Value exception) {
  std::string out = "Traceback (most recent call last):\n";
  for (Value entry = heap.get_attribute(exception.object_id(), names.traceback); heap.is_kind(entry, ObjectKind::Traceback); entry = heap.at(entry).slots[2]) {
    const LoadedCode& code = code_of(heap.at(heap.at(entry).slots[0]));
    const auto line = static_cast<std::uint32_t>(heap.at(entry).slots[1].as_int());
    out += fmt::format("  File \"{}\", line {}, in {}\n", code.code->file ? code.code->file->name() : "?", line, code.code->name);
    if (code.code->file) {
      const std::string source(code.code->file->line_text(line));
      const auto first = source.find_first_not_of(" \t");
      if (first != std::string::npos) out += "    " + source.substr(first) + "\n";
    }
  }
  return out + exception_text(exception) + "\n";
}

std::string Vm::describe_thread(ThreadNumber number) {
  const ObjectId id = thread_object(number);
  thread_ = id;
  number_ = number;
  frame_ = nullptr;
  const Object& t = heap.at(id);
  std::string out = text(t.slots[slot::thread::name]);
  std::vector<std::string> held;
  std::string behind;
  const auto note_owned = [&](ObjectId lock) {
    const Object& o = heap.at(lock);
    if ((o.kind == ObjectKind::Lock || o.kind == ObjectKind::RLock) && o.slots[slot::lock::owner] == Value::small_int(number)) held.push_back(lock_name(lock));
  };
  for (ObjectId lock : all_locks()) note_owned(lock);
  for (const auto& name : modules_initialised_by(number)) held.push_back("the import of '" + name + "'");
  // Who waits in C code keeps the GIL, and others need it.
  const Value holder = has_extensions ? heap.at(fixtures.root).slots[slot::root::gil_holder] : Value();
  if (holder == Value::small_int(number)) held.push_back("the GIL");
  const bool needs_gil = !holder.is_unset() && holder != Value::small_int(number) && !is_outside(t);
  if (!held.empty()) out += fmt::format(" holds {}", fmt::join(held, ", "));
  switch (status_of(id)) {
    case ThreadStatus::Lock: out += fmt::format("{} waits for {}", held.empty() ? "" : " and", describe(t.slots[slot::thread::waits_for])); break;
    case ThreadStatus::Join: out += fmt::format("{} waits for {} to end", held.empty() ? "" : " and", describe(t.slots[slot::thread::waits_for])); break;
    case ThreadStatus::Started: out += fmt::format("{} waits for {} to start", held.empty() ? "" : " and", describe(t.slots[slot::thread::waits_for])); break;
    case ThreadStatus::Gil: out += fmt::format("{} waits for the GIL", held.empty() ? "" : " and"); break;
    case ThreadStatus::Ended: out += is_left_behind(id) ? " is not in this process: a fork has left it behind" : " has ended"; break;
    case ThreadStatus::Stopped: out += " got the GIL no more when the interpreter began to finalise"; break;
    default: out += fmt::format("{} {}", held.empty() ? "" : " and", needs_gil ? "waits for the GIL" : "can run"); break;
  }
  const Value importing = import_name_in_progress(id, false);
  if (importing.is_string()) out += fmt::format(" (importing '{}')", text(importing));
  const auto note_left_behind = [&](ObjectId other) {
    if (!is_left_behind(other)) return;
    const std::vector<std::string> kept = modules_initialised_by(static_cast<ThreadNumber>(heap.at(other).slots[slot::thread::number].as_int()));
    const std::string what = kept.empty() ? "" : fmt::format(", where it was importing {}", fmt::join(kept, ", "));
    behind += fmt::format("\n    {} is not in this process: the fork has left it behind{}", text(heap.at(other).slots[slot::thread::name]), what);
  };
  if (status_of(id) != ThreadStatus::Ended) std::ranges::for_each(threads(), note_left_behind);
  const std::vector<std::string> stack = import_stack(id);
  if (!stack.empty()) out += fmt::format("\n    at {}", fmt::join(stack, " > "));
  return out + behind;
}

std::vector<std::string> Vm::modules_initialised_by(ThreadNumber number) {
  std::vector<std::string> result;
  const auto& modules = heap.at(fixtures.modules).slots;
  for (std::size_t i = 0; i + 1 < modules.size(); i += 2) {
    if (!heap.is_kind(modules[i + 1], ObjectKind::Module)) continue;
    const Object& module = heap.at(modules[i + 1]);
    if (module.slots[slot::module::life] == Value::small_int(1) && module.slots[slot::module::thread] == Value::small_int(number)) result.push_back(text(modules[i]));
  }
  return result;
}

// Every lock that some object of the program holds.
std::vector<ObjectId> Vm::all_locks() {
  std::vector<ObjectId> locks;
  const auto look = [&](ObjectId id) {
    const ObjectKind kind = heap.at(id).kind;
    if (kind == ObjectKind::Lock || kind == ObjectKind::RLock) locks.push_back(id);
  };
  heap.for_each(look);
  return locks;
}

void Vm::print(std::string_view printed) {
  if (observing_) {
    (void)unsupported("a function given to always, eventually or sometimes must not print");
    return;
  }
  const auto log = static_cast<std::uint32_t>(thread().slots[slot::thread::output].as_int());
  set_private(thread_, slot::thread::output, Value::small_int(constants.append_log(log, string(printed).number())));
  if (ordered_output) {
    const auto all = heap.at(fixtures.root).slots[slot::root::ordered_output];
    const auto before = all.is_int() ? static_cast<std::uint32_t>(all.as_int()) : 0u;
    heap.set(fixtures.root, slot::root::ordered_output, Value::small_int(constants.append_log(before, string(printed).number())));
  }
  if (recording_) report_.words.effects.push_back(fmt::format("prints {}", printed.substr(0, printed.find('\n'))));
}

void Vm::emit(EventKind kind, std::string_view subject, std::string_view other, std::uint32_t flags) {
  report_.events.push_back({kind, number_, string(subject).number(), string(other).number(), flags});
  if (!recording_) return;
  if (kind == EventKind::InitialisationStarted) report_.words.effects.push_back(fmt::format("begins to initialise '{}'", subject));
  if (kind == EventKind::InitialisationEnded) report_.words.effects.push_back(fmt::format("initialisation of '{}' {}", subject, flags & Failed ? "fails" : "ends"));
  if (kind == EventKind::UncaughtException) report_.words.effects.push_back(fmt::format("{} leaves the thread", other));
  if (kind == EventKind::ImportReturned) report_.words.effects.push_back(fmt::format("the import of '{}' returns", subject));
}

Result Vm::unsupported(std::string_view message) {
  report_.status = StepStatus::Unsupported;
  // The program's own line helps most; where there is none, the innermost of any text.
  const auto find_frame = [&](bool of_program) {
    for (Value link = frame_ != nullptr ? Value::object(frame_id_) : Value(); link.is_object(); link = heap.at(link).slots[slot::frame::back]) {
      const LoadedCode& code = code_of(heap.at(link));
      if (!code.code->flags.native && code.code->file && (!of_program || code.origin == Origin::Scenario || code.origin == Origin::Gil)) return link;
    }
    return Value();
  };
  Value link = find_frame(true);
  if (!link.is_object()) link = find_frame(false);
  if (link.is_object()) {
    const Object& frame = heap.at(link);
    const LoadedCode& code = code_of(frame);
    auto pc = static_cast<std::size_t>(frame.slots[slot::frame::pc].as_int());
    if (link.object_id() == frame_id_) pc = pc_;
    else if (pc > 0) --pc;
    const std::uint32_t line = code.code->instructions[std::min(pc, code.code->instructions.size() - 1)].line;
    const std::string source(code.code->file->line_text(line));
    const std::size_t first = std::min(source.find_first_not_of(" \t"), source.size());
    report_.error = fmt::format("{}:{}:{}: error: {}\n    {}\n    {}^", code.code->file->name(), line, first + 1, message, source, std::string(first, ' '));
    return builtins::stop();
  }
  report_.error = fmt::format("error: {}", message);
  return builtins::stop();
}

}  // namespace lockweave::vm
