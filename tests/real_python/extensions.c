#include <Python.h>
static int inits = 0;
static int execs = 0;
static PyObject *count(PyObject *self, PyObject *args) { return Py_BuildValue("ii", inits, execs); }
static PyMethodDef methods[] = {{"count", count, METH_NOARGS, NULL}, {NULL}};

static struct PyModuleDef single_def = {PyModuleDef_HEAD_INIT, "single", NULL, -1, methods};
PyMODINIT_FUNC PyInit_single(void) {
  inits++;
  PyObject *m = PyModule_Create(&single_def);
  PyModule_AddObject(m, "answer", PyLong_FromLong(42));
  PyModule_AddObject(m, "things", PyList_New(0));
  return m;
}
static struct PyModuleDef again_def = {PyModuleDef_HEAD_INIT, "again", NULL, 0, methods};
PyMODINIT_FUNC PyInit_again(void) {
  inits++;
  PyObject *m = PyModule_Create(&again_def);
  PyModule_AddObject(m, "answer", PyLong_FromLong(42));
  return m;
}
static int exec_multi(PyObject *m) {
  execs++;
  PyModule_AddObject(m, "answer", PyLong_FromLong(42));
  return 0;
}
static PyModuleDef_Slot multi_slots[] = {{Py_mod_exec, exec_multi}, {0, NULL}};
static struct PyModuleDef multi_def = {PyModuleDef_HEAD_INIT, "multi", NULL, 0, methods, multi_slots};
PyMODINIT_FUNC PyInit_multi(void) { inits++; return PyModuleDef_Init(&multi_def); }

static int exec_half(PyObject *m) {
  execs++;
  PyModule_AddObject(m, "answer", PyLong_FromLong(42));
  if (execs > 1) return 0;
  PyErr_SetString(PyExc_ValueError, "half-way");
  return -1;
}
static PyModuleDef_Slot half_slots[] = {{Py_mod_exec, exec_half}, {0, NULL}};
static struct PyModuleDef half_def = {PyModuleDef_HEAD_INIT, "half", NULL, 0, methods, half_slots};
PyMODINIT_FUNC PyInit_half(void) { inits++; return PyModuleDef_Init(&half_def); }

static struct PyModuleDef fails_def = {PyModuleDef_HEAD_INIT, "fails", NULL, -1, methods};
PyMODINIT_FUNC PyInit_fails(void) {
  inits++;
  PyObject *m = PyModule_Create(&fails_def);
  if (inits == 1) { PyErr_SetString(PyExc_ValueError, "not yet"); Py_DECREF(m); return NULL; }
  return m;
}
PyMODINIT_FUNC PyInit_silent(void) { return NULL; }

static struct PyModuleDef importer_def = {PyModuleDef_HEAD_INIT, "importer", NULL, -1, methods};
PyMODINIT_FUNC PyInit_importer(void) {
  inits++;
  PyObject *m = PyModule_Create(&importer_def);
  PyObject *other = PyImport_ImportModule("plain");
  if (!other) return NULL;
  PyModule_AddObject(m, "seen", PyObject_GetAttrString(other, "seen"));
  Py_DECREF(other);
  return m;
}
static struct PyModuleDef inner_def = {PyModuleDef_HEAD_INIT, "inner", NULL, -1, methods};
PyMODINIT_FUNC PyInit_inner(void) { inits++; return PyModule_Create(&inner_def); }
