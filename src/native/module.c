/* govmedia_screen._native: the module itself. */
#include "native.h"

#define QUOTED(token) #token
#define TEXT_OF(macro) QUOTED(macro)
#ifndef SOURCES
#define SOURCES unknown
#endif

static int execute(PyObject *module)
{
    PyType_Spec *specs[] = {&automaton_spec, &comparer_spec, &scorer_spec, &shorts_spec};
    for (size_t place = 0; place < sizeof(specs) / sizeof(*specs); place++) {
        PyObject *type = PyType_FromModuleAndSpec(module, specs[place], NULL);
        int status = type == NULL ? -1 : PyModule_AddType(module, (PyTypeObject *)type);
        Py_XDECREF(type);
        if (status < 0)
            return -1;
    }
    if (PyModule_AddFunctions(module, fold_methods) < 0 || PyModule_AddFunctions(module, stance_methods) < 0)
        return -1;
    if (PyModule_AddStringConstant(module, "SOURCES", TEXT_OF(SOURCES)) < 0)
        return -1;
    return PyModule_AddIntMacro(module, EDITION);
}

static PyModuleDef_Slot slots[] = {{Py_mod_exec, execute}, {0, NULL}};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "_native", "The hot path in C; see system/native.py.", 0, NULL, slots, NULL, NULL, NULL,
};

PyMODINIT_FUNC PyInit__native(void)
{
    return PyModuleDef_Init(&definition);
}
