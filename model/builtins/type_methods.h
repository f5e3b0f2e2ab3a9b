// The methods of the builtin value types: one type_<name>.cpp each.
//
// construct(T or a subclass, arguments...) makes a filled instance: it does the work of both __new__ and __init__. Called with
// the class alone it makes an empty list, dict or set, which the __init__ in the tables then fills.
#pragma once

#include "model/builtins/builtin_table.h"

namespace lockweave::builtins {

extern const TypeMethods str_methods;
extern const TypeMethods int_methods;
extern const TypeMethods bool_methods;
extern const TypeMethods float_methods;
extern const TypeMethods bytes_methods;
extern const TypeMethods list_methods;
extern const TypeMethods tuple_methods;
extern const TypeMethods dict_methods;
extern const TypeMethods dict_keys_methods;
extern const TypeMethods dict_values_methods;
extern const TypeMethods dict_items_methods;
extern const TypeMethods mapping_proxy_methods;
extern const TypeMethods set_methods;
extern const TypeMethods frozenset_methods;
extern const TypeMethods range_methods;
extern const TypeMethods slice_methods;
extern const TypeMethods iterator_methods;

void register_value_types(BuiltinTable& table);

}  // namespace lockweave::builtins
