#include "model/builtins/type_methods.h"

namespace lockweave::builtins {

void register_value_types(BuiltinTable& table) {
  for (const TypeMethods* methods :
       {&str_methods, &int_methods, &bool_methods, &float_methods, &bytes_methods, &list_methods, &tuple_methods, &dict_methods,
        &dict_keys_methods, &dict_values_methods, &dict_items_methods, &mapping_proxy_methods, &set_methods, &frozenset_methods,
        &range_methods, &slice_methods, &iterator_methods}) {
    table.add_type(*methods);
  }
}

}  // namespace lockweave::builtins
