#include <Python.h>
static int inits = 0;
static int execs = 0;
static PyObject *count(PyObject *self, PyObject *args) { return Py_BuildValue("ii", inits, execs); }
static PyMethodDef methods[] = {{"count", count, METH_NOARGS, NULL}, {NULL}};
static int execute(PyObject *m) { execs++; return 0; }

#if PY_VERSION_HEX >= 0x030C0000
#define SUPPORTS(what) {Py_mod_multiple_interpreters, what},
#else
#define SUPPORTS(what)
#endif

#define SINGLE(name, size, body)                                                          \
  static struct PyModuleDef name##_def = {PyModuleDef_HEAD_INIT, #name, NULL, size, methods}; \
  PyMODINIT_FUNC PyInit_##name(void) { inits++; body }

#define MULTI(name, supported)                                                            \
  static PyModuleDef_Slot name##_slots[] = {{Py_mod_exec, execute}, supported {0, NULL}}; \
  static struct PyModuleDef name##_def = {PyModuleDef_HEAD_INIT, #name, NULL, 0, methods, name##_slots}; \
  PyMODINIT_FUNC PyInit_##name(void) { inits++; return PyModuleDef_Init(&name##_def); }

#define WITH_THINGS(name) PyObject *m = PyModule_Create(&name##_def); PyModule_AddObject(m, "things", PyList_New(0)); return m;
#define NOT_THE_FIRST_TIME(name) if (inits == 1) { PyErr_SetString(PyExc_ValueError, "not yet"); return NULL; } return PyModule_Create(&name##_def);

SINGLE(single, -1, WITH_THINGS(single))
SINGLE(single2, -1, WITH_THINGS(single2))
SINGLE(again, 0, return PyModule_Create(&again_def);)
SINGLE(again2, 0, return PyModule_Create(&again2_def);)
SINGLE(fails, -1, NOT_THE_FIRST_TIME(fails))
SINGLE(inner, -1, return PyModule_Create(&inner_def);)
SINGLE(inner2, -1, return PyModule_Create(&inner2_def);)
SINGLE(core, -1,
       int deeper = inits;
       PyObject *other = PyImport_ImportModule("pkg.helper");
       if (!other) return NULL;
       Py_DECREF(other);
       if (deeper < inits) execs++;
       return PyModule_Create(&core_def);)
MULTI(multi, )
MULTI(multi2, )
MULTI(own, SUPPORTS(Py_MOD_PER_INTERPRETER_GIL_SUPPORTED))
MULTI(own2, SUPPORTS(Py_MOD_PER_INTERPRETER_GIL_SUPPORTED))
MULTI(none, SUPPORTS(Py_MOD_MULTIPLE_INTERPRETERS_NOT_SUPPORTED))
MULTI(none2, SUPPORTS(Py_MOD_MULTIPLE_INTERPRETERS_NOT_SUPPORTED))
