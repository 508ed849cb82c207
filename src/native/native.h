/* The hot path in C: folding, finding terms, scoring. Every function here has a twin in Python
   (matching/fold.py and text.py, matching/automaton.py, lexicon/comparer.py and shorts.py, classifier/scores.py and numpy_scorer.py) that gives exactly the same result and is used where no compiler was at hand. */
#ifndef GOVMEDIA_SCREEN_NATIVE_H
#define GOVMEDIA_SCREEN_NATIVE_H

#define PY_SSIZE_T_CLEAN
#ifndef Py_GIL_DISABLED
#define Py_LIMITED_API 0x030b0000 /* one binary for CPython 3.11 and later */
#endif
#include <Python.h>
#include <stdint.h>
#include <string.h>

/* Parts laid end to end are closed by this code point, which no folded text and no term holds. */
#define BREAK 0xFFFF

/* The code points of a str as an array that the caller frees with PyMem_Free; NULL with an exception set. */
Py_UCS4 *code_points(PyObject *text, Py_ssize_t *size);

/* Raised, in system/native.py too, when a function changes. */
#define EDITION 7

typedef struct {
    Py_ssize_t end;
    uint32_t number;
} Hit;

typedef struct {
    Hit *hits; /* to be freed with free() */
    size_t count, room;
} Hits;

/* All terms of an automaton in a view of 16-bit code points; 0, or -1 with an exception set. */
int find_terms(PyObject *automaton, const void *view, Py_ssize_t size, Hits *found);

/* Hits as a list of (end, number), or NULL with an exception set. */
PyObject *list_of(const Hits *found);

extern PyMethodDef fold_methods[];
extern PyMethodDef stance_methods[];
extern PyType_Spec automaton_spec;
extern PyType_Spec comparer_spec;
extern PyType_Spec scorer_spec;
extern PyType_Spec shorts_spec;

#endif
