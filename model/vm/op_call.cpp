// Calls: finding out what to run, binding arguments, entering and leaving frames.
#include <fmt/format.h>

#include <algorithm>

#include "model/builtins/operators.h"
#include "model/vm/vm.h"

namespace lockweave::vm {

using builtins::done;
using builtins::done_none;
using builtins::stop;
using builtins::type_id;
using builtins::type_value;

namespace {

// Frame::mode: FrameMode | who resumed a generator << 16 | number of blocks << 24 | depth of the call << 36.
constexpr int depth_shift = 36;
constexpr std::int64_t mode_mask = 0xff;

}  // namespace

// --- what to run

Result Vm::python_call(Value function, std::span<const Value> positional, std::span<const Keyword> keywords, FrameMode mode, Value extra) {
  if (runs_outside_ && !has_own_gil() && is_python_code(function)) return fatal_error(fmt::format("Python code ({}) is called without the GIL", text(heap.at(function).slots[slot::function::qualname])));
  if (runs_gil_text() && !enters_python_ && !loading_ && runs_c_code() && is_python_code(function)) return ask_before("call_python", function, positional, keywords, mode, extra);
  if (begins_c_code(function)) return stop();
  if (asks_before_c(function)) return ask_before("call_c", function, positional, keywords, mode, extra);
  // The spans may lie in pending_ itself.
  PendingCall call{function, {positional.begin(), positional.end()}, {keywords.begin(), keywords.end()}, mode, extra, {}};
  pending_ = std::move(call);
  return {ResultKind::Call, {}};
}

Result Vm::tail_call(Value function, std::span<const Value> positional, std::span<const Keyword> keywords) {
  return invoke(function, positional, keywords);
}

Result Vm::call_library(std::string_view name, std::span<const Value> positional) {
  const Value function = heap.get_item(fixtures.library, string(name));
  if (function.is_unset()) return unsupported(fmt::format("an operation on a builtin object that needs methods of the program's own classes ({})", name));
  return invoke(function, positional, {});
}

Result Vm::invoke(Value function, std::span<const Value> positional, std::span<const Keyword> keywords) {
  if (function.is(Tag::Builtin)) {
    if (positional.empty() || positional[0] != Value::object(fixtures.modules)) return table_->row(function).function(*this, Arguments{positional, keywords});
    return invoke_on_modules(function, positional, keywords);
  }
  if (function.is(Tag::Type)) return invoke_type(type_id(function), positional, keywords);
  if (!function.is_object()) return raise(TypeId::TypeError, fmt::format("'{}' object is not callable", type_name_of(function)));
  const Object& object = heap.at(function);
  switch (object.kind) {
    case ObjectKind::Function:
      return python_call(function, positional, keywords);
    case ObjectKind::BoundMethod: case ObjectKind::BoundBuiltin: {
      std::vector<Value> all{object.slots[1]};
      all.insert(all.end(), positional.begin(), positional.end());
      const std::vector<Keyword> named(keywords.begin(), keywords.end());
      return invoke(object.slots[0], all, named);
    }
    case ObjectKind::Class:
      return invoke_class(function, positional, keywords);
    case ObjectKind::StaticMethod:
      if (version_at_least(3, 10)) return invoke(object.slots[0], positional, keywords);
      break;
    default: {
      const Value method = find_in_class(object.cls, names.call);
      if (method.is_unset()) break;
      const Result bound = bind(method, function, object.cls);
      if (bound.kind != ResultKind::Done) return bound;
      return invoke(bound.value, positional, keywords);
    }
  }
  return raise(TypeId::TypeError, fmt::format("'{}' object is not callable", type_name_of(function)));
}

// A method of the dictionary that sys.modules is: what it changes is noted as `sys.modules[name] = ...` and `del` are.
Result Vm::invoke_on_modules(Value method, std::span<const Value> positional, std::span<const Keyword> keywords) {
  const auto& row = table_->row(method);
  static constexpr std::string_view changing[] = {"pop", "popitem", "setdefault", "update", "clear", "__setitem__", "__delitem__", "__ior__"};
  if (loading_ || std::find(std::begin(changing), std::end(changing), row.name) == std::end(changing)) return row.function(*this, Arguments{positional, keywords});
  const std::vector<Value> before = heap.at(fixtures.modules).slots;
  const Result result = row.function(*this, Arguments{positional, keywords});
  if (result.kind != ResultKind::Done) return result;
  const std::vector<Value> after = heap.at(fixtures.modules).slots;
  const auto item = [](const std::vector<Value>& items, Value key) {
    for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
      if (items[i] == key) return items[i + 1];
    }
    return Value();
  };
  for (std::size_t i = 0; i + 1 < before.size(); i += 2) {
    if (item(after, before[i]).is_unset()) note_modules_change(before[i], before[i + 1], Value());
  }
  for (std::size_t i = 0; i + 1 < after.size(); i += 2) {
    if (const Value old = item(before, after[i]); old != after[i + 1]) note_modules_change(after[i], old, after[i + 1]);
  }
  return result;
}

Result Vm::invoke_type(TypeId type, std::span<const Value> positional, std::span<const Keyword> keywords) {
  if (type == TypeId::Type && positional.size() == 1 && keywords.empty()) return done(type_of(positional[0]));
  const auto construct = table_->constructor(type);
  if (construct == nullptr) return raise(TypeId::TypeError, fmt::format("cannot create '{}' instances", builtins::type_name(type)));
  std::vector<Value> all{type_value(type)};
  all.insert(all.end(), positional.begin(), positional.end());
  const std::vector<Keyword> named(keywords.begin(), keywords.end());
  return construct(*this, Arguments{all, named});
}

// type.__call__: __new__, then __init__. The usual case makes the instance here; everything else is the library's.
Result Vm::invoke_class(Value cls, std::span<const Value> positional, std::span<const Keyword> keywords) {
  const Value meta = heap.at(cls).cls;
  if (meta.is_object()) {
    const Value meta_call = find_in_class(meta, names.call);
    if (meta_call.is_object()) {
      std::vector<Value> all{cls};
      all.insert(all.end(), positional.begin(), positional.end());
      const std::vector<Keyword> named(keywords.begin(), keywords.end());
      return invoke(meta_call, all, named);
    }
  }
  if (reads_class(cls, names.new_) || reads_class(cls, names.init)) return stop();
  const Value make = find_in_class(cls, names.new_);
  const Value init = find_in_class(cls, names.init);
  const bool plain = make.is_unset() || make == table_->method(TypeId::Object, names.new_);
  const std::vector<Value>& order = heap.at(heap.at(cls).slots[slot::klass::mro]).slots;
  const bool from_object = std::all_of(order.begin(), order.end(), [](Value c) { return c.is_object() || c == type_value(TypeId::Object); });
  if (plain && from_object && heap.get_item(heap.at(cls).slots[slot::klass::dictionary].object_id(), string("__abstractmethods__")).is_unset()) {
    const bool has_init = heap.is_kind(init, ObjectKind::Function);
    if (has_init || ((init.is_unset() || init == table_->method(TypeId::Object, names.init)) && positional.empty() && keywords.empty())) {
      const Value instance = new_instance(cls);
      if (!has_init) return done(instance);
      std::vector<Value> all{instance};
      all.insert(all.end(), positional.begin(), positional.end());
      const std::vector<Keyword> named(keywords.begin(), keywords.end());
      return python_call(init, all, named, FrameMode::Init, instance);
    }
    if (init.is_unset() || init == table_->method(TypeId::Object, names.init))
      return raise(TypeId::TypeError, version_at_least(3, 7) ? fmt::format("{}() takes no arguments", text(heap.at(cls).slots[slot::klass::name]))
                                                             : std::string("object() takes no parameters"));
  }
  const Value arguments = tuple(positional);
  const Value named = Value::object(new_dict());
  for (const Keyword& keyword : keywords) heap.set_item(named.object_id(), keyword.name, keyword.value);
  const Value all[] = {cls, arguments, named};
  return call_library("_construct", all);
}

// --- results

std::optional<Flow> Vm::not_done(Result result) {
  switch (result.kind) {
    case ResultKind::Done: return std::nullopt;
    case ResultKind::Raised: return Flow::Raise;
    case ResultKind::Stop: return report_.status == StepStatus::Unsupported ? Flow::Unsupported : Flow::Stop;
    case ResultKind::Call: case ResultKind::Wait: case ResultKind::Release:
      (void)unsupported("a call where none can be made");
      return Flow::Unsupported;
  }
  return std::nullopt;
}

Flow Vm::done_with(std::size_t operands, Value result) {
  heap.retain(result);
  pop(operands);
  frame_->slots.push_back(result);
  return Flow::Next;
}

Flow Vm::deliver(Value result, FrameMode mode, Value extra) {
  switch (mode) {
    case FrameMode::Drop: break;
    case FrameMode::Init: push(extra); break;
    case FrameMode::PushNull:
      push(result);
      frame_->slots.push_back(Value());
      break;
    default: push(result);
  }
  return Flow::Next;
}

Flow Vm::replace(std::size_t operands, Result result, FrameMode mode, Value extra) {
  switch (result.kind) {
    case ResultKind::Raised:
      return Flow::Raise;
    case ResultKind::Stop:
      return report_.status == StepStatus::Unsupported ? Flow::Unsupported : Flow::Stop;
    case ResultKind::Done: case ResultKind::Release: {
      heap.retain(result.value);
      pop(operands);
      const Flow flow = deliver(result.value, mode, extra);
      heap.release(result.value);
      if (result.kind == ResultKind::Release) {
        at_switch_point();
        check_pending_ = true;
        report_.released = true;
      }
      return flow;
    }
    case ResultKind::Wait:
      pop(operands);
      ++pc_;
      return Flow::Wait;
    case ResultKind::Call: {
      if (pending_.mode == FrameMode::Generator) {
        const PendingCall call = pending_;
        const auto kind = static_cast<std::uint8_t>(call.extra.as_int());
        const Flow flow = start_generator(call, kind, operands);
        return flow;
      }
      if (mode != FrameMode::Call) {
        if (pending_.mode == FrameMode::Call) {
          pending_.mode = mode;
          pending_.extra = extra;
        } else if (pending_.mode == FrameMode::Init && mode != FrameMode::Drop) {
          const Value arguments[] = {pending_.extra, pending_.function, tuple(pending_.positional)};
          (void)call_library("_slow_init_call", arguments);
          pending_.mode = mode;
          pending_.extra = extra;
        }
      }
      pop(operands);
      ++pc_;
      save_pc();
      if (!push_frame(pending_)) {
        --pc_;
        return Flow::Raise;
      }
      return Flow::Frame;
    }
  }
  return Flow::Next;
}

// send, throw and close of a generator, called as methods.
Flow Vm::start_generator(const PendingCall& call, std::uint8_t kind, std::size_t operands) {
  const Value generator = call.function;
  const bool throwing = call.positional.size() > 1;
  Object& object = heap.at(generator);
  const int status = static_cast<int>(object.slots[slot::generator::status].as_int());
  if (write(generator.object_id(), Part::State)) return Flow::Stop;
  heap.retain(generator);
  for (Value v : call.positional) heap.retain(v);
  const auto let_go = [&] {
    for (Value v : call.positional) heap.release(v);
    heap.release(generator);
  };
  if (status == 2) {
    (void)raise(TypeId::ValueError, "generator already executing");
    let_go();
    return Flow::Raise;
  }
  if (throwing && status != 1) {  // not started, or finished: the exception is raised right here
    heap.set(generator.object_id(), slot::generator::status, Value::small_int(3));
    heap.set(generator.object_id(), slot::generator::frame, Value());
    Flow flow = Flow::Raise;
    if (kind == 3) {
      pop(operands);
      push(Value::none());
      flow = Flow::Next;
    } else {
      pending_exception_ = call.positional[1];
    }
    let_go();
    return flow;
  }
  pop(operands);
  ++pc_;
  Flow flow = resume_generator(generator, call.positional[0], kind);
  if (flow == Flow::Raise) --pc_;
  if (flow == Flow::Frame && throwing && heap.at(generator).slots[slot::generator::status].as_int() == 2) {
    pop();  // the None that was sent
    // A generator that delegates passes the exception on to the generator it waits for.
    while (code_->code->instructions[pc_].opcode == bytecode::Opcode::YieldFrom && heap.is_kind(peek(), ObjectKind::Generator) &&
           heap.at(peek()).slots[slot::generator::status].as_int() == 1) {
      if (resume_generator(peek(), Value::none(), 2) != Flow::Frame) break;
      pop();
    }
    check_pending_ = false;
    pending_exception_ = call.positional[1];
    flow = Flow::Raise;
    if (code_->code->instructions[pc_].opcode == bytecode::Opcode::YieldFrom) flow = throw_to_delegate(call.positional[1]).value_or(flow);
  }
  let_go();
  return flow;
}

// What a generator delegates to is an object of the program with a `throw` of its own: Objects/genobject.c, _gen_throw.
std::optional<Flow> Vm::throw_to_delegate(Value exception) {
  const Value delegate = peek();
  if (!delegate.is_object() || heap.is_kind(delegate, ObjectKind::Generator) || !find_in_class(type_of(delegate), names.throw_).is_object()) return std::nullopt;
  const Value arguments[] = {delegate, exception};
  const Result call = call_library("_slow_throw_to", arguments);
  if (call.kind != ResultKind::Call) return std::nullopt;
  pending_exception_ = Value();
  save_pc();
  pending_.mode = FrameMode::Send;
  return push_frame(pending_) ? Flow::Frame : Flow::Raise;
}

// --- frames

void Vm::set_private(ObjectId id, std::size_t index, Value v) {
  Object& object = heap.at(id);
  heap.touch(id);
  heap.retain(v);
  std::swap(object.slots[index], v);
  heap.release(v);
}

void Vm::set_frame(ObjectId frame) {
  set_private(thread_, slot::thread::frame, frame == state::no_object ? Value() : Value::object(frame));
}

bool Vm::bind_arguments(Object& frame, const LoadedCode& code, const Object& function, const PendingCall& call) {
  const bytecode::Code& c = *code.code;
  Value* locals = frame.slots.data() + slot::frame::first_local;
  const auto put = [&](std::size_t i, Value v) {
    heap.retain(v);
    locals[i] = v;
  };
  const std::size_t positional = c.argument_count;
  const std::size_t named = positional + c.keyword_only_count;
  const std::size_t given = call.positional.size();
  const std::string shown = version_at_least(3, 10) ? text(function.slots[slot::function::qualname]) : c.name;
  const auto fail = [&](const std::string& message) {
    (void)raise(TypeId::TypeError, shown + "() " + message);
    return false;
  };
  for (std::size_t i = 0; i < std::min(given, positional); ++i) put(i, call.positional[i]);
  std::size_t next = named;
  if (c.flags.varargs) put(next++, tuple(given > positional ? std::span(call.positional).subspan(positional) : std::span<const Value>()));
  Value extra_names;
  if (c.flags.varkeywords) {
    extra_names = Value::object(new_dict());
    put(next, extra_names);
  }
  std::vector<std::string> by_name_only;
  for (const Keyword& keyword : call.keywords) {
    const std::string& name = text(keyword.name);
    for (std::size_t i = 0; i < c.positional_only_count && !c.flags.varkeywords; ++i) {
      if (c.local_names[i] == name) by_name_only.push_back(name);
    }
  }
  if (!by_name_only.empty()) {
    std::string joined;
    for (const std::string& name : by_name_only) joined += (joined.empty() ? "" : ", ") + name;
    return fail(fmt::format("got some positional-only arguments passed as keyword arguments: '{}'", joined));
  }
  for (const Keyword& keyword : call.keywords) {
    const std::string& name = text(keyword.name);
    std::size_t i = c.positional_only_count;
    while (i < named && c.local_names[i] != name) ++i;
    if (i < named) {
      if (!locals[i].is_unset()) return fail(fmt::format("got multiple values for argument '{}'", name));
      put(i, keyword.value);
    } else if (c.flags.varkeywords) {
      heap.set_item(extra_names.object_id(), keyword.name, keyword.value);
    } else {
      return fail(fmt::format("got an unexpected keyword argument '{}'", name));
    }
  }
  if (given > positional && !c.flags.varargs) {
    const std::size_t defaults = function.slots[slot::function::defaults].is_object() ? heap.at(function.slots[slot::function::defaults]).slots.size() : 0;
    const std::string takes = defaults == 0 ? fmt::format("takes {} positional argument{}", positional, positional == 1 ? "" : "s")
                                            : fmt::format("takes from {} to {} positional arguments", positional - defaults, positional);
    std::size_t by_name = 0;
    for (std::size_t i = positional; i < named; ++i) by_name += locals[i].is_unset() ? 0 : 1;
    if (by_name > 0) {
      return fail(fmt::format("{} but {} positional argument{} (and {} keyword-only argument{}) were given", takes, given, given == 1 ? "" : "s", by_name, by_name == 1 ? "" : "s"));
    }
    return fail(fmt::format("{} but {} {} given", takes, given, given == 1 ? "was" : "were"));
  }
  if (given < positional) {
    const Value defaults = function.slots[slot::function::defaults];
    const std::size_t count = defaults.is_object() ? heap.at(defaults).slots.size() : 0;
    std::vector<std::string> missing;
    for (std::size_t i = given; i < positional; ++i) {
      if (!locals[i].is_unset()) continue;
      if (i + count >= positional) put(i, heap.at(defaults).slots[i + count - positional]);
      else missing.push_back("'" + c.local_names[i] + "'");
    }
    if (!missing.empty()) return fail(missing_arguments(missing, "positional"));
  }
  if (c.keyword_only_count > 0) {
    const Value defaults = function.slots[slot::function::keyword_defaults];
    std::vector<std::string> missing;
    for (std::size_t i = positional; i < named; ++i) {
      if (!locals[i].is_unset()) continue;
      const Value v = defaults.is_object() ? heap.get_item(defaults.object_id(), string(c.local_names[i])) : Value();
      if (v.is_unset()) missing.push_back("'" + c.local_names[i] + "'");
      else put(i, v);
    }
    if (!missing.empty()) return fail(missing_arguments(missing, "keyword-only"));
  }
  return true;
}

std::string Vm::missing_arguments(const std::vector<std::string>& missing, std::string_view kind) {
  std::string listed = missing[0];
  for (std::size_t i = 1; i < missing.size(); ++i) {
    listed += i + 1 < missing.size() ? ", " : missing.size() == 2 ? " and " : ", and ";
    listed += missing[i];
  }
  return fmt::format("missing {} required {} argument{}: {}", missing.size(), kind, missing.size() == 1 ? "" : "s", listed);
}

// A frame for the call, not yet linked. no_object: an exception is pending.
ObjectId Vm::make_frame(const PendingCall& call) {
  const Object& function = heap.at(call.function);
  const LoadedCode& code = program_->code(function.slots[slot::function::code].number());
  const ObjectId id = heap.allocate(ObjectKind::Frame, type_value(TypeId::Frame), 0, code.stack_first);
  Object& frame = heap.at(id);
  frame.slots[slot::frame::code] = function.slots[slot::function::code];
  frame.slots[slot::frame::pc] = Value::small_int(0);
  frame.slots[slot::frame::globals] = function.slots[slot::function::globals];
  heap.retain(frame.slots[slot::frame::globals]);
  frame.slots[slot::frame::name_space] = call.name_space;
  heap.retain(call.name_space);
  frame.slots[slot::frame::mode] = Value::small_int(static_cast<std::int64_t>(call.mode));
  frame.slots[slot::frame::extra] = call.extra;
  heap.retain(call.extra);
  if (!bind_arguments(frame, code, function, call)) return state::no_object;
  const std::size_t cells = code.code->cell_names.size();
  for (std::size_t i = 0; i < cells; ++i) {
    const Value cell = new_object(ObjectKind::Cell, TypeId::Cell, 1);
    heap.retain(cell);
    frame.slots[code.cell_first + i] = cell;
    const std::int32_t argument = code.code->cell_argument.empty() ? -1 : code.code->cell_argument[i];
    if (argument >= 0) heap.set(cell.object_id(), 0, frame.slots[slot::frame::first_local + static_cast<unsigned>(argument)]);
  }
  if (code.lets_go_of_parameter && !version_at_least(3, 11) && !call.positional.empty()) heap.set(id, slot::frame::kept, tuple(call.positional));
  const Value closure = function.slots[slot::function::closure];
  for (std::size_t i = 0; i < code.code->free_names.size(); ++i) {
    const Value cell = heap.at(closure).slots[i];
    heap.retain(cell);
    frame.slots[code.cell_first + cells + i] = cell;
  }
  return id;
}

// Enters the function of the call, or makes its generator object and leaves that on the stack.
// Requires: the caller's pc is saved and stands behind the call. False: an exception is pending.
bool Vm::push_frame(const PendingCall& given) {
  const PendingCall call = given;
  const LoadedCode& code = program_->code(heap.at(call.function).slots[slot::function::code].number());
  const bytecode::CodeFlags& flags = code.code->flags;
  const ObjectId id = make_frame(call);
  if (id == state::no_object) return false;
  if (flags.generator || flags.coroutine || flags.async_generator) {
    const int which = flags.coroutine ? 1 : flags.async_generator ? 2 : 0;
    const Value generator = new_object(ObjectKind::Generator, which == 1 ? TypeId::Coroutine : which == 2 ? TypeId::AsyncGenerator : TypeId::Generator, slot::generator::count);
    set_private(id, slot::frame::extra, Value());
    heap.set(generator.object_id(), slot::generator::frame, Value::object(id));
    heap.set(generator.object_id(), slot::generator::status, Value::small_int(0));
    heap.set(generator.object_id(), slot::generator::which, Value::small_int(which));
    heap.set(generator.object_id(), slot::generator::name, heap.at(call.function).slots[slot::function::name]);
    heap.set(generator.object_id(), slot::generator::code, heap.at(call.function).slots[slot::function::code]);
    if (frame_ == nullptr) return true;
    (void)deliver(generator, call.mode, call.extra);
    if (pc_ > 0 && code_->switches[pc_ - 1].rule == SwitchRule::After) check_pending_ = true;
    return true;
  }
  const std::int64_t depth = frame_ == nullptr ? 1 : (frame_->slots[slot::frame::mode].as_int() >> depth_shift) + 1;
  if (depth > limits.frames) {
    (void)raise(TypeId::RecursionError, "maximum recursion depth exceeded");
    return false;
  }
  heap.at(id).slots[slot::frame::mode] = Value::small_int(heap.at(id).slots[slot::frame::mode].as_int() | depth << depth_shift);
  if (frame_ != nullptr) set_private(id, slot::frame::back, Value::object(frame_id_));
  set_frame(id);
  enter_context(id);
  check_pending_ = code.switch_at_entry;
  on_enter(code, id);
  return true;
}

// From a frame that is over to the one below it, if there is one.
void Vm::go_back(ObjectId left, Value back) {
  if (back.is_object()) {
    set_frame(back.object_id());
    enter_context(back.object_id());
  } else {
    set_frame(state::no_object);
    frame_ = nullptr;
  }
  set_private(left, slot::frame::back, Value());
  set_private(left, slot::frame::extra, Value());
  set_private(left, slot::frame::kept, Value());
}

Flow Vm::leave_frame(Value result) {
  const LoadedCode& code = *code_;
  // A generator has ended: until then it is `already executing` to others.
  const bool ends_generator = static_cast<FrameMode>(frame_->slots[slot::frame::mode].as_int() & mode_mask) == FrameMode::Generator;
  if (ends_generator && write(frame_->slots[slot::frame::extra].object_id(), Part::State)) return Flow::Stop;
  if (!before_leave(false)) return Flow::Stop;
  const ObjectId own = frame_id_;
  const auto packed = frame_->slots[slot::frame::mode].as_int();
  const auto mode = static_cast<FrameMode>(packed & mode_mask);
  const Value extra = frame_->slots[slot::frame::extra];
  const Value back = frame_->slots[slot::frame::back];
  Object& leaving = *frame_;
  heap.retain(result);
  heap.retain(extra);
  heap.retain(Value::object(own));
  save_pc();
  while (leaving.slots.size() > code.stack_first) heap.drop_top(leaving);
  go_back(own, back);
  if (mode == FrameMode::Callback) end_callback();
  after_leave(code, leaving, false, result, extra.is(Tag::True));
  Flow flow = Flow::Frame;
  if (mode == FrameMode::Generator) {
    heap.set(extra.object_id(), slot::generator::status, Value::small_int(3));
    heap.set(extra.object_id(), slot::generator::frame, Value());
    flow = generator_result(static_cast<std::uint8_t>(packed >> 16 & 0xff), result, true);
  } else if (frame_ != nullptr) {
    flow = deliver_return(mode, extra, result, code);
  } else if (mode == FrameMode::Observer) {
    observed_ = result;
    flow = Flow::Ended;
  } else {
    set_private(thread_, slot::thread::end, thread().slots[slot::thread::end].is_unset() ? Value::none() : thread().slots[slot::thread::end]);
    flow = Flow::Ended;
  }
  heap.release(Value::object(own));
  heap.release(extra);
  heap.release(result);
  return flow;
}

// The caller's frame runs again and gets the result.
Flow Vm::deliver_return(FrameMode mode, Value extra, Value result, const LoadedCode& callee) {
  const SwitchRule rule = pc_ > 0 ? code_->switches[pc_ - 1].rule : SwitchRule::Never;
  // The code of a module is run by C code: exec or eval.
  const bool by_c_code = callee.code->flags.native || callee.is_c || mode == FrameMode::Init || !callee.code->flags.optimized;
  check_pending_ = rule == SwitchRule::After || (rule == SwitchRule::AfterCCall && by_c_code);
  switch (mode) {
    case FrameMode::Init:
      if (!result.is_none()) {
        (void)raise(TypeId::TypeError, fmt::format("__init__() should return None, not '{}'", type_name_of(result)));
        return Flow::Raise;
      }
      push(extra);
      break;
    case FrameMode::Drop:
      break;
    case FrameMode::Callback:
      break;
    case FrameMode::Signal: case FrameMode::Finalizer:
      check_pending_ = false;
      return interrupt_is_over(extra);
    case FrameMode::PushNull:
      push(result);
      frame_->slots.push_back(Value());
      break;
    case FrameMode::Send:
      return send_result(result);
    case FrameMode::Truth: {
      check_pending_ = false;
      (void)branch_on(code_->code->instructions[pc_], result.is(Tag::True), false);
      return Flow::Frame;
    }
    default:
      push(result);
  }
  return Flow::Frame;
}

// --- instructions

Flow Vm::call_function(std::uint32_t count) {
  const auto arguments = top_values(count);
  return replace(count + 1, invoke(peek(count), arguments, {}));
}

Flow Vm::call_method(std::uint32_t count) {
  const Value self = peek(count);
  const Value function = peek(count + 1);
  if (self.is_unset()) return replace(count + 2, invoke(function, top_values(count), {}));
  return replace(count + 2, invoke(function, top_values(count + 1), {}));
}

Flow Vm::call_function_kw(std::uint32_t count) {
  const std::vector<Value> keyword_names = heap.at(peek()).slots;
  std::vector<Value> values(top_values(count + 1).begin(), top_values(count + 1).end() - 1);
  std::vector<Keyword> keywords;
  const std::size_t positional = count - keyword_names.size();
  for (std::size_t i = 0; i < keyword_names.size(); ++i) keywords.push_back({keyword_names[i], values[positional + i]});
  return replace(count + 2, invoke(peek(count + 1), std::span(values).first(positional), keywords));
}

Flow Vm::call_function_ex(std::uint32_t flags) {
  const bool has_keywords = (flags & 1) != 0;
  const Value positional = peek(has_keywords ? 1 : 0);
  const Value function = peek(has_keywords ? 2 : 1);
  const std::size_t operands = has_keywords ? 3 : 2;
  std::vector<Value> values;
  const auto status = builtins::collect(*this, positional, values);
  if (status == builtins::CollectStatus::Stop) return Flow::Stop;
  std::vector<Keyword> keywords;
  if (has_keywords) {
    const Value mapping = peek();
    if (heap.is_kind(mapping, ObjectKind::Dict)) {
      if (read_order(mapping.object_id())) return Flow::Stop;
      const auto& slots = heap.at(mapping).slots;
      for (std::size_t i = 0; i < slots.size(); i += 2) {
        if (!slots[i].is_string()) {
          (void)raise(TypeId::TypeError, version_at_least(3, 9) ? std::string("keywords must be strings") : callee_text(function) + " keywords must be strings");
          return Flow::Raise;
        }
        keywords.push_back({slots[i], slots[i + 1]});
      }
    } else {
      const Value arguments[] = {function, positional, mapping, string(callee_text(function))};
      return replace(operands, call_library("_slow_call_ex", arguments));
    }
  }
  if (status != builtins::CollectStatus::Ok) {
    const Value arguments[] = {function, positional, has_keywords ? peek() : Value::object(new_dict()), string(callee_text(function))};
    return replace(operands, call_library("_slow_call_ex", arguments));
  }
  return replace(operands, invoke(function, values, keywords));
}

// How messages about `*` and `**` name what is called: 3.9, Objects/object.c, _PyObject_FunctionStr.
std::string Vm::callee_text(Value function) {
  if (heap.is_kind(function, ObjectKind::BoundMethod)) return callee_text(heap.at(function).slots[0]);
  std::string name = type_name_of(function) + " object";
  std::string module;
  if (function.is(Tag::Builtin)) name = table_->row(function).name + "()";
  if (heap.is_kind(function, ObjectKind::Function)) {
    const Object& object = heap.at(function);
    name = text(object.slots[version_at_least(3, 9) ? slot::function::qualname : slot::function::name]) + "()";
    const Value own = heap.get_item(object.slots[slot::function::globals].object_id(), names.name);
    if (own.is_string()) module = text(own) + ".";
  } else if (heap.is_kind(function, ObjectKind::Class)) {
    name = text(heap.at(function).slots[slot::klass::qualname]) + "()";
    const Value own = heap.get_item(heap.at(function).slots[slot::klass::dictionary].object_id(), names.module);
    if (own.is_string()) module = text(own) + ".";
  }
  if (!version_at_least(3, 9) || module == "builtins.") module.clear();
  return module + name;
}

Flow Vm::make_function(std::uint32_t flags) {
  const Value qualname = peek(0);
  const Value code = peek(1);
  std::size_t operands = 2;
  const Value made = new_function(code, frame_->slots[slot::frame::globals].object_id());
  const ObjectId id = made.object_id();
  heap.set(id, slot::function::qualname, qualname);
  if (flags & 8) heap.set(id, slot::function::closure, peek(operands++));
  if (flags & 4) heap.set(id, slot::function::annotations, peek(operands++));
  if (flags & 2) heap.set(id, slot::function::keyword_defaults, peek(operands++));
  if (flags & 1) heap.set(id, slot::function::defaults, peek(operands++));
  return done_with(operands, made);
}

Value Vm::new_function(Value code, ObjectId globals) {
  const LoadedCode& loaded = program_->code(code.number());
  const Value function = new_object(ObjectKind::Function, TypeId::Function, slot::function::count);
  const ObjectId id = function.object_id();
  heap.set(id, slot::function::code, code);
  heap.set(id, slot::function::globals, Value::object(globals));
  heap.set(id, slot::function::name, loaded.name);
  heap.set(id, slot::function::qualname, string(loaded.code->qualname));
  heap.set(id, slot::function::doc, loaded.code->has_docstring ? string(loaded.code->docstring) : Value::none());
  return function;
}

ObjectId Vm::new_dict() { return heap.allocate(ObjectKind::Dict, type_value(TypeId::Dict), site()); }

// In the library's stand-ins for C code, which everybody uses, a place means little without the Python code that called it.
state::SiteId Vm::site() const {
  if (code_ == nullptr || frame_ == nullptr) return sharing_->site(~0u, 0);
  const state::SiteId own = site_in(*code_, pc_);
  if (!code_->code->flags.native) return own;
  for (Value link = frame_->slots[slot::frame::back]; link.is_object();) {
    const Object& frame = heap.at(link);
    const LoadedCode& code = code_of(frame);
    if (!code.code->flags.native) return sharing_->sites().within(own, site_in(code, static_cast<std::uint32_t>(frame.slots[slot::frame::pc].as_int())));
    link = frame.slots[slot::frame::back];
  }
  return own;
}

state::SiteId Vm::site_in(const LoadedCode& code, std::uint32_t pc) const {
  const state::SiteId known = program_->site(code.number, pc);
  if (known != 0) return known;
  const state::SiteId site = sharing_->site(code.number, pc);
  program_->set_site(code.number, pc, site);
  return site;
}

}  // namespace lockweave::vm
