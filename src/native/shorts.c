/* Where a short right expression (three to five characters) stands with one error; see lexicon/shorts.py.

   A character written for another leaves one of four masks (_BCD, A_CD, AB_D, ABC_), two in the other order leave the
   same characters, one that stands twice leaves the expression without it. Of five only the middle one is masked or left out:
   an error elsewhere leaves three that the automaton sees. Masks are looked up in a table behind a bitmap. */
#include "native.h"

enum { SIZE = 4, ORDER = 4, EXACT = 5, AROUND = 6, KINDS = 7, BITS = 19, BUCKETS = 1 << 15 };

typedef struct {
    PyObject_HEAD
    Py_UCS4 *letters;    /* all expressions, SIZE code points each, those of three closed by 0, those of five without their middle */
    Py_UCS4 *middles;    /* the middle of those of five, 0 for others */
    Py_ssize_t count;
    uint8_t *bitmap;
    uint32_t *heads;     /* BUCKETS: a chain of entries, 0 for none */
    uint32_t *next;      /* for each entry (KINDS * expression + kind) + 1 */
} Shorts;

static inline uint32_t mixed(uint32_t value)
{
    value ^= value >> 15;
    value *= 0x2C1B3C6Du;
    value ^= value >> 12;
    value *= 0x297A2D39u;
    return value ^ value >> 15;
}

/* The key of four code points by kind: without the one at that place, of all in any order, or of all. */
static inline uint32_t key(const Py_UCS4 *at, int kind)
{
    static const uint32_t times[SIZE] = {0x9E3779B1u, 0x85EBCA77u, 0xC2B2AE3Du, 0x27D4EB2Fu};
    uint32_t sum = 0x165667B1u * (uint32_t)(kind + 1);
    for (int place = 0; place < SIZE; place++)
        if (kind == ORDER)
            sum += mixed(at[place] * 0x9E3779B1u);
        else if (place != kind)
            sum += mixed(at[place] * times[place]);
    return mixed(sum);
}

static inline int is_han(Py_UCS4 code)
{
    return (code >= 0x3400 && code <= 0x9FFF) || code == 0x3007;
}

static int same_but(const Py_UCS4 *one, const Py_UCS4 *other, int kind)
{
    int differ = 0;
    for (int place = 0; place < SIZE; place++)
        differ += one[place] != other[place];
    if (kind != ORDER)
        return differ == 0 || (kind < SIZE && differ == 1 && one[kind] != other[kind]);
    for (int place = 0; differ == 2 && place + 1 < SIZE; place++)
        if (one[place] == other[place + 1] && one[place + 1] == other[place] && one[place] != one[place + 1])
            return 1;
    return 0;
}

static int add(PyObject *found, Py_ssize_t expression, Py_ssize_t start, Py_ssize_t size)
{
    PyObject *each = Py_BuildValue("nnn", expression, start, size);
    int status = each == NULL ? -1 : PyList_Append(found, each);
    Py_XDECREF(each);
    return status;
}

/* Put what the four code points are, but for an error of that kind, into `found`; -1 with an exception set. 1: they are right.
   `middle`: what stands in the middle of five. */
static int look(const Shorts *self, const Py_UCS4 *at, int kind, Py_UCS4 middle, PyObject *found, Py_ssize_t start, Py_ssize_t size)
{
    uint32_t code = key(at, kind), bit = code >> (32 - BITS);
    if (!(self->bitmap[bit >> 3] & 1 << (bit & 7)))
        return 0;
    for (uint32_t entry = self->heads[code % BUCKETS]; entry; entry = self->next[entry]) {
        Py_ssize_t expression = (Py_ssize_t)(entry - 1) / KINDS;
        const Py_UCS4 *right = self->letters + SIZE * expression;
        if ((int)((entry - 1) % KINDS) != kind || !same_but(at, right, kind))
            continue;
        if (kind < EXACT && memcmp(at, right, SIZE * sizeof(Py_UCS4)) == 0)
            return 1;
        if (kind == AROUND && middle == self->middles[expression])
            continue;
        if (add(found, expression, start, size) < 0)
            return -1;
    }
    return 0;
}

/* find(text) -> [(expression, start, size), ...]: the expressions that stand in a text with one error, and how much of it they take. */
static PyObject *shorts_find(PyObject *object, PyObject *text)
{
    const Shorts *self = (const Shorts *)object;
    Py_ssize_t length;
    Py_UCS4 *codes = PyUnicode_Check(text) ? code_points(text, &length) : (PyErr_SetString(PyExc_TypeError, "find wants a str"), NULL);
    PyObject *found = codes == NULL ? NULL : PyList_New(0);
    Py_ssize_t run = 0; /* Han characters up to here */
    for (Py_ssize_t last = 0; found != NULL && last < length; last++) {
        run = is_han(codes[last]) ? run + 1 : 0;
        if (run >= SIZE) {
            Py_ssize_t start = last + 1 - SIZE, before = PyList_Size(found);
            for (int kind = 0; kind <= ORDER; kind++) {
                int status = look(self, codes + start, kind, 0, found, start, SIZE);
                if (status < 0)
                    Py_CLEAR(found);
                else if (status > 0 && PyList_SetSlice(found, before, PyList_Size(found), NULL) < 0)
                    Py_CLEAR(found);
                if (status)
                    break;
            }
        }
        if (found != NULL && run >= SIZE && look(self, codes + last + 1 - SIZE, AROUND, 0, found, last + 1 - SIZE, SIZE) < 0)
            Py_CLEAR(found);
        if (found != NULL && run > SIZE) {
            const Py_UCS4 *five = codes + last - SIZE;
            const Py_UCS4 four[SIZE] = {five[0], five[1], five[3], five[4]};
            if (look(self, four, AROUND, five[2], found, last - SIZE, SIZE + 1) < 0)
                Py_CLEAR(found);
        }
        /* a character twice: at every place inside an expression */
        for (Py_ssize_t size = SIZE - 1; found != NULL && size <= SIZE; size++)
            for (Py_ssize_t place = 1; found != NULL && place + 1 < size && run > size; place++) {
                Py_ssize_t start = last - size, twice = start + place;
                if (codes[twice] != codes[twice + 1])
                    continue;
                Py_UCS4 once[SIZE] = {0, 0, 0, 0};
                memcpy(once, codes + start, (size_t)(place + 1) * sizeof(Py_UCS4));
                memcpy(once + place + 1, codes + twice + 2, (size_t)(size - place - 1) * sizeof(Py_UCS4));
                if (look(self, once, EXACT, 0, found, start, size + 1) < 0)
                    Py_CLEAR(found);
            }
    }
    PyMem_Free(codes);
    return found;
}

static void enter(Shorts *self, uint32_t expression, int kind)
{
    uint32_t code = key(self->letters + SIZE * expression, kind), bit = code >> (32 - BITS), entry = KINDS * expression + (uint32_t)kind + 1;
    self->bitmap[bit >> 3] |= (uint8_t)(1 << (bit & 7));
    self->next[entry] = self->heads[code % BUCKETS];
    self->heads[code % BUCKETS] = entry;
}

/* Shorts(texts): expressions of three to five code points, parted by line ends. */
static PyObject *shorts_new(PyTypeObject *type, PyObject *args, PyObject *names)
{
    PyObject *texts;
    Py_ssize_t length;
    if (!PyArg_ParseTuple(args, "U:Shorts", &texts))
        return NULL;
    Py_UCS4 *codes = code_points(texts, &length);
    if (codes == NULL)
        return NULL;
    allocfunc allocate = (allocfunc)PyType_GetSlot(type, Py_tp_alloc);
    Shorts *self = (Shorts *)allocate(type, 0);
    Py_ssize_t most = length / 4 + 1;
    if (self != NULL) {
        self->letters = PyMem_Calloc((size_t)(SIZE * most), sizeof(Py_UCS4));
        self->middles = PyMem_Calloc((size_t)most, sizeof(Py_UCS4));
        self->bitmap = PyMem_Calloc(1 << (BITS - 3), 1);
        self->heads = PyMem_Calloc(BUCKETS, sizeof(uint32_t));
        self->next = PyMem_Calloc((size_t)(KINDS * most + 1), sizeof(uint32_t));
        if (self->letters == NULL || self->middles == NULL || self->bitmap == NULL || self->heads == NULL || self->next == NULL) {
            Py_DECREF(self);
            self = (Shorts *)PyErr_NoMemory();
        }
    }
    for (Py_ssize_t place = 0, start = 0; self != NULL && place <= length; place++)
        if (place == length || codes[place] == '\n') {
            Py_ssize_t size = place - start;
            if (length > 0 && (size < SIZE - 1 || size > SIZE + 1)) {
                PyErr_SetString(PyExc_ValueError, "an expression has not three to five characters");
                Py_CLEAR(self);
                break;
            }
            Py_UCS4 *letters = self->letters + SIZE * self->count;
            memcpy(letters, codes + start, (size_t)(size > SIZE ? SIZE : size) * sizeof(Py_UCS4));
            if (size > SIZE) {
                self->middles[self->count] = letters[2];
                letters[2] = codes[start + 3];
                letters[3] = codes[start + 4];
            }
            start = place + 1;
            self->count += length > 0;
        }
    for (uint32_t expression = 0; self != NULL && expression < (uint32_t)self->count; expression++)
        if (self->middles[expression])
            enter(self, expression, AROUND);
        else
            for (int kind = self->letters[SIZE * expression + SIZE - 1] ? 0 : EXACT; kind <= EXACT; kind++)
                enter(self, expression, kind);
    PyMem_Free(codes);
    return (PyObject *)self;
}

static void shorts_free(PyObject *object)
{
    Shorts *self = (Shorts *)object;
    PyTypeObject *type = Py_TYPE(object);
    PyMem_Free(self->letters);
    PyMem_Free(self->middles);
    PyMem_Free(self->bitmap);
    PyMem_Free(self->heads);
    PyMem_Free(self->next);
    freefunc release = (freefunc)PyType_GetSlot(type, Py_tp_free);
    release(object);
    Py_DECREF(type);
}

static PyMethodDef shorts_methods[] = {
    {"find", shorts_find, METH_O, "find(text) -> [(expression, start, size), ...]"},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot shorts_slots[] = {
    {Py_tp_doc, "Shorts(texts)"},
    {Py_tp_new, shorts_new},
    {Py_tp_dealloc, shorts_free},
    {Py_tp_methods, shorts_methods},
    {0, NULL},
};

PyType_Spec shorts_spec = {"govmedia_screen._native.Shorts", sizeof(Shorts), 0, Py_TPFLAGS_DEFAULT, shorts_slots};
