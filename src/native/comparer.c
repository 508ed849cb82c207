/* Of the places where a piece of a right expression stands, those that are worth a comparison; see lexicon/comparer.py.

   A place is worth it if one of the piece's expressions can be read there with as many errors as it may bear, but not
   with none: what is simply right, and what is far from every expression, is told here, before Python hears of it. */
#include "native.h"
#include <stdlib.h>

typedef struct {
    uint32_t number, expression, first; /* the piece's number, the expression's, and where in it the piece begins */
} Joint;

/* What an expression may bear, see matching/comparison.py. */
enum { TWO_ERRORS = 1, SHORT = 2, FIRST_BOUND = 4, LAST_BOUND = 8, LACKS_FIRST = 16, LACKS_LAST = 32 };

typedef struct {
    uint32_t start, size, bears;
} Expression;

typedef struct {
    PyObject_HEAD
    uint32_t numbers;   /* pieces have numbers below this */
    uint32_t *begins;   /* numbers + 1: where a piece's joints begin */
    uint16_t *sizes;    /* numbers: the piece's length, with SHARED if it is a term by itself */
    Joint *joints;
    Expression *expressions;
    Py_UCS4 *letters;   /* all expressions, end to end */
    Py_UCS4 *numerals;  /* numerals, written for one another all day */
    Py_ssize_t count;
    uint16_t *sounds;   /* ROOM: the class of sound of each Han character from FIRST_HAN on, 0 if unknown */
    uint64_t *looks;    /* pairs of characters that look alike, both ways, ascending */
    Py_ssize_t pairs;
} Comparer;

#define SHARED 0x8000
#define FIRST_HAN 0x3400
#define ROOM (0xA000 - FIRST_HAN)

/* A run of code points read forwards (step 1) or backwards (step -1). */
typedef struct {
    const Py_UCS4 *at;
    Py_ssize_t left;
    int step;
} Run;

static inline Run further(Run run, Py_ssize_t count)
{
    return (Run){run.at + run.step * count, run.left - count, run.step};
}

static int begins(Run text, Run rest)
{
    if (text.left < rest.left)
        return 0;
    for (Py_ssize_t place = 0; place < rest.left; place++)
        if (text.at[text.step * place] != rest.at[rest.step * place])
            return 0;
    return 1;
}

static inline int is_han(Py_UCS4 code)
{
    return (code >= 0x3400 && code <= 0x9FFF) || code == 0x3007;
}

static int is_numeral(const Comparer *self, Py_UCS4 code)
{
    for (Py_ssize_t place = 0; place < self->count; place++)
        if (self->numerals[place] == code)
            return 1;
    return 0;
}

/* Whether one Han character may stand for the other by mistake: two numerals are two numbers. */
static int may_stand(const Comparer *self, Py_UCS4 seen, Py_UCS4 meant)
{
    return is_han(seen) && is_han(meant) && !(is_numeral(self, seen) && is_numeral(self, meant));
}

/* Whether one character is easily written for the other: they sound or look alike. */
static int are_alike(const Comparer *self, Py_UCS4 one, Py_UCS4 other)
{
    if (one < FIRST_HAN || one >= 0xA000 || other < FIRST_HAN || other >= 0xA000)
        return 0;
    uint16_t sound = self->sounds[one - FIRST_HAN];
    if (sound != 0 && sound == self->sounds[other - FIRST_HAN])
        return 1;
    uint64_t wanted = (uint64_t)one << 32 | other;
    Py_ssize_t low = 0, high = self->pairs;
    while (low < high) {
        Py_ssize_t middle = low + (high - low) / 2;
        if (self->looks[middle] < wanted)
            low = middle + 1;
        else
            high = middle;
    }
    return low < self->pairs && self->looks[low] == wanted;
}

/* Take what is the same from both; whether all of `rest` is there. */
static int same(Run *rest, Run *text)
{
    while (rest->left > 0 && text->left > 0 && *rest->at == *text->at) {
        *rest = further(*rest, 1);
        *text = further(*text, 1);
    }
    return rest->left <= 0;
}

static inline int are_swapped(Run rest, Run text)
{
    return rest.left > 1 && text.left > 1 && rest.at[rest.step] == *text.at && text.at[text.step] == *rest.at;
}

/* With how many errors `rest` stands at the beginning of the text: 0, 1, or 2 for more than one; `bound` and `lacks` say
   whether its end may be any other character, or missing. */
static int one(const Comparer *self, Run rest, Run text, uint32_t bears, int bound, int lacks)
{
    if (same(&rest, &text))
        return 0;
    int inside = !(bears & SHORT);
    if (text.left > 0) {
        if (begins(further(text, 1), further(rest, 1)) && may_stand(self, *text.at, *rest.at)
            && ((inside && (rest.left > 1 || bound)) || are_alike(self, *text.at, *rest.at)))
            return 1;
        if (are_swapped(rest, text) && begins(further(text, 2), further(rest, 2)))
            return 1;
        if (is_han(*text.at) && (inside || *text.at == *rest.at || *text.at == rest.at[-rest.step]) && begins(further(text, 1), rest))
            return 1;
    }
    return inside && is_han(*rest.at) && (rest.left > 1 || lacks) && begins(text, further(rest, 1)) ? 1 : 2;
}

/* The same with up to two errors, each likely by itself: neighbours swapped, a character doubled or written for another;
   3 for more. `apart`: the last error was just here. */
static int two(const Comparer *self, Run rest, Run text, int errors, int apart)
{
    if (rest.left > 0 && text.left > 0 && *rest.at == *text.at)
        apart = 0;
    if (same(&rest, &text))
        return 0;
    if (errors == 0 || apart || text.left <= 0)
        return 3;
    int best = 3, found;
    if (are_alike(self, *text.at, *rest.at) && (found = two(self, further(rest, 1), further(text, 1), errors - 1, 1)) < best)
        best = found + 1;
    if (are_swapped(rest, text) && (found = two(self, further(rest, 2), further(text, 2), errors - 1, 0)) + 1 < best)
        best = found + 1;
    if ((*text.at == *rest.at || *text.at == rest.at[-rest.step]) && (found = two(self, rest, further(text, 1), errors - 1, 0)) + 1 < best)
        best = found + 1;
    return best > errors ? 3 : best;
}

enum { RIGHT = 1, NEARLY = 2, OTHERWISE = 4 };

/* How a joint's expression stands where its piece does, at text[start:end]: right, nearly so (with errors that it may bear,
   or with a character at an end twice), or not; or the piece itself is written in another way. */
static int stands(const Comparer *self, const Joint *joint, const Py_UCS4 *text, Py_ssize_t length, Py_ssize_t start, Py_ssize_t end)
{
    const Expression *expression = &self->expressions[joint->expression];
    const Py_UCS4 *right = self->letters + expression->start;
    uint32_t bears = expression->bears;
    Py_ssize_t piece = self->sizes[joint->number] & ~SHARED, first = joint->first, size = expression->size, last = first + piece;
    int doubled = end - start > piece; /* a character of the piece stands twice */
    if (!doubled && memcmp(text + start, right + first, (size_t)piece * sizeof(Py_UCS4)) != 0)
        return OTHERWISE;
    Run before = {text + start - 1, start, -1}, after = {text + end, length - end, 1};
    Run head = {right + first - 1, first, -1}, rest = {right + last, size - last, 1};
    int left = one(self, head, before, bears, bears & FIRST_BOUND, bears & LACKS_FIRST);
    int both = left < 2 ? left + one(self, rest, after, bears, bears & LAST_BOUND, bears & LACKS_LAST) : 2;
    if (doubled)
        return both == 0 || (both == 1 && bears & TWO_ERRORS) ? NEARLY : 0;
    if (both == 1)
        return NEARLY;
    if (both > 1)
        return bears & TWO_ERRORS && (left = two(self, head, before, 2, 0)) < 3 && left + two(self, rest, after, 2 - left, 0) < 3 ? NEARLY : 0;
    Py_ssize_t begin = start - first, close = begin + size;
    return (close < length && text[close] == right[size - 1]) || (begin > 0 && text[begin - 1] == right[0]) ? NEARLY : RIGHT;
}

/* Whether one of the piece's expressions is worth a comparison at text[start:end]. */
static int concerns(const Comparer *self, uint32_t number, const Py_UCS4 *text, Py_ssize_t length, Py_ssize_t start, Py_ssize_t end)
{
    for (uint32_t place = self->begins[number]; place < self->begins[number + 1]; place++)
        if (stands(self, &self->joints[place], text, length, start, end) & (NEARLY | OTHERWISE))
            return 1;
    return 0;
}

/* candidates(number, text, start) -> [(expression, first), ...]: what nearly stands where the piece does, but for what lies within
   an expression that is right there; None if the piece is written in another way. */
static PyObject *comparer_candidates(PyObject *object, PyObject *args)
{
    const Comparer *self = (const Comparer *)object;
    PyObject *text, *found;
    unsigned int number;
    Py_ssize_t start, length, right = -1, close = -1;
    if (!PyArg_ParseTuple(args, "IUn:candidates", &number, &text, &start))
        return NULL;
    Py_UCS4 *codes = code_points(text, &length);
    if (codes == NULL)
        return NULL;
    if (number >= self->numbers || start < 0 || start + (self->sizes[number] & ~SHARED) > length) {
        PyMem_Free(codes);
        PyErr_SetString(PyExc_ValueError, "there is no such piece there");
        return NULL;
    }
    uint32_t first = self->begins[number], last = self->begins[number + 1];
    unsigned char *how = PyMem_Calloc(last - first + 1, 1);
    found = how == NULL ? PyErr_NoMemory() : PyList_New(0);
    for (uint32_t place = first; found != NULL && place < last; place++) {
        const Joint *joint = &self->joints[place];
        how[place - first] = (unsigned char)stands(self, joint, codes, length, start, start + (self->sizes[number] & ~SHARED));
        if (how[place - first] == OTHERWISE) {
            Py_CLEAR(found);
            found = Py_NewRef(Py_None);
            break;
        }
        Py_ssize_t size = self->expressions[joint->expression].size;
        if (how[place - first] == RIGHT && size > close - right) {
            right = start - joint->first;
            close = right + size;
        }
    }
    for (uint32_t place = first; found != NULL && found != Py_None && place < last; place++) {
        const Joint *joint = &self->joints[place];
        Py_ssize_t begin = start - joint->first, end = begin + self->expressions[joint->expression].size;
        if (how[place - first] != NEARLY || (right <= begin && end <= close + 1))
            continue;
        PyObject *each = Py_BuildValue("II", joint->expression, joint->first);
        if (each == NULL || PyList_Append(found, each) < 0)
            Py_CLEAR(found);
        Py_XDECREF(each);
    }
    PyMem_Free(how);
    PyMem_Free(codes);
    return found;
}

/* find(automaton, view, where, text) -> [(end, number), ...]: the automaton's hits of other terms, and those of pieces that are
   worth a comparison; where holds the places of the view in the text. */
static PyObject *comparer_find(PyObject *object, PyObject *args)
{
    const Comparer *self = (const Comparer *)object;
    PyObject *automaton, *text, *kept = NULL;
    Py_buffer view, where;
    if (!PyArg_ParseTuple(args, "Oy*y*U:find", &automaton, &view, &where, &text))
        return NULL;
    const uint32_t *place = where.buf;
    Py_ssize_t length = 0, size = view.len / (Py_ssize_t)sizeof(uint16_t);
    Py_UCS4 *codes = NULL;
    Hits found = {NULL, 0, 0};
    if (where.len / (Py_ssize_t)sizeof(uint32_t) < size)
        PyErr_SetString(PyExc_ValueError, "the view has places that lead nowhere");
    else if (find_terms(automaton, view.buf, size, &found) == 0 && (codes = code_points(text, &length)) != NULL) {
        size_t count = 0;
        int outside = 0;
        for (size_t each = 0; each < found.count; each++) {
            uint32_t number = found.hits[each].number;
            Py_ssize_t end = found.hits[each].end, piece = number < self->numbers ? self->sizes[number] : 0;
            if (piece > 0 && piece < SHARED && end >= piece) {
                Py_ssize_t start = place[end - piece], close = (Py_ssize_t)place[end - 1] + 1;
                if (close > length) {
                    outside = 1;
                    break;
                }
                if (close - start > piece + 1 || !concerns(self, number, codes, length, start, close))
                    continue;
            }
            found.hits[count++] = found.hits[each];
        }
        found.count = count;
        if (outside)
            PyErr_SetString(PyExc_ValueError, "the view leads outside the text");
        else
            kept = list_of(&found);
    }
    free(found.hits);
    PyMem_Free(codes);
    PyBuffer_Release(&view);
    PyBuffer_Release(&where);
    return kept;
}

/* Fill a comparer; 0, or -1 with an exception set. */
static int fill(Comparer *self, PyObject *texts, PyObject *numerals, const Py_buffer *sounds, const Py_buffer *looks, const uint32_t *bears, Py_ssize_t expressions, const uint32_t *joints, Py_ssize_t count)
{
    Py_ssize_t length;
    self->letters = code_points(texts, &length);
    self->numerals = code_points(numerals, &self->count);
    self->sounds = PyMem_Calloc(ROOM, sizeof(uint16_t));
    self->looks = PyMem_Calloc((size_t)looks->len + 1, 1);
    self->expressions = PyMem_Calloc((size_t)expressions + 1, sizeof(Expression));
    self->joints = PyMem_Calloc((size_t)count + 1, sizeof(Joint));
    if (self->letters == NULL || self->numerals == NULL)
        return -1;
    if (self->expressions == NULL || self->joints == NULL || self->sounds == NULL || self->looks == NULL)
        return PyErr_NoMemory(), -1;
    memcpy(self->sounds, sounds->buf, (size_t)sounds->len < ROOM * sizeof(uint16_t) ? (size_t)sounds->len : ROOM * sizeof(uint16_t));
    memcpy(self->looks, looks->buf, (size_t)looks->len);
    self->pairs = looks->len / (Py_ssize_t)sizeof(uint64_t);
    Py_ssize_t found = 0, start = 0;
    for (Py_ssize_t place = 0; place <= length && found < expressions; place++)
        if (place == length || self->letters[place] == '\n') {
            self->expressions[found] = (Expression){(uint32_t)start, (uint32_t)(place - start), bears[found]};
            start = place + 1;
            found++;
        }
    self->numbers = count > 0 ? joints[4 * (count - 1)] + 1 : 0;
    self->begins = PyMem_Calloc((size_t)self->numbers + 1, sizeof(uint32_t));
    self->sizes = PyMem_Calloc((size_t)self->numbers + 1, sizeof(uint16_t));
    if (self->begins == NULL || self->sizes == NULL)
        return PyErr_NoMemory(), -1;
    uint32_t number = 0;
    for (Py_ssize_t place = 0; place < count; place++) {
        const uint32_t *joint = joints + 4 * place;
        if (found < expressions || joint[0] < number || joint[1] >= expressions || joint[3] == 0 || joint[3] > UINT16_MAX
            || (uint64_t)joint[2] + (joint[3] & ~SHARED) > self->expressions[joint[1]].size) {
            PyErr_SetString(PyExc_ValueError, "the joints do not fit the expressions");
            return -1;
        }
        while (number < joint[0])
            self->begins[++number] = (uint32_t)place;
        self->sizes[number] = (uint16_t)joint[3];
        self->joints[place] = (Joint){joint[0], joint[1], joint[2]};
    }
    if (self->numbers > 0)
        self->begins[self->numbers] = (uint32_t)count;
    return 0;
}

/* Comparer(texts, numerals, sounds, looks, bears, joints): expressions parted by line ends; numerals; classes of sound (uint16)
   and pairs that look alike (uint64), see matching/likeness.py; for each expression what it may bear (uint32); and joints as (piece's number, expression, first, size), four uint32 each, by number. */
static PyObject *comparer_new(PyTypeObject *type, PyObject *args, PyObject *names)
{
    PyObject *texts, *numerals;
    Py_buffer sounds, looks, bears, joints;
    if (!PyArg_ParseTuple(args, "UUy*y*y*y*:Comparer", &texts, &numerals, &sounds, &looks, &bears, &joints))
        return NULL;
    allocfunc allocate = (allocfunc)PyType_GetSlot(type, Py_tp_alloc);
    Comparer *self = (Comparer *)allocate(type, 0);
    if (self != NULL) {
        Py_ssize_t width = (Py_ssize_t)sizeof(uint32_t);
        if (fill(self, texts, numerals, &sounds, &looks, bears.buf, bears.len / width, joints.buf, joints.len / (4 * width)) < 0) {
            Py_DECREF(self);
            self = NULL;
        }
    }
    PyBuffer_Release(&sounds);
    PyBuffer_Release(&looks);
    PyBuffer_Release(&bears);
    PyBuffer_Release(&joints);
    return (PyObject *)self;
}

static void comparer_free(PyObject *object)
{
    Comparer *self = (Comparer *)object;
    PyTypeObject *type = Py_TYPE(object);
    PyMem_Free(self->begins);
    PyMem_Free(self->sizes);
    PyMem_Free(self->joints);
    PyMem_Free(self->expressions);
    PyMem_Free(self->letters);
    PyMem_Free(self->numerals);
    PyMem_Free(self->sounds);
    PyMem_Free(self->looks);
    freefunc release = (freefunc)PyType_GetSlot(type, Py_tp_free);
    release(object);
    Py_DECREF(type);
}

static PyMethodDef comparer_methods[] = {
    {"candidates", comparer_candidates, METH_VARARGS, "candidates(number, text, start) -> [(expression, first), ...] or None"},
    {"find", comparer_find, METH_VARARGS, "find(automaton, view, where, text) -> [(end, number), ...]"},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot comparer_slots[] = {
    {Py_tp_doc, "Comparer(texts, numerals, sounds, looks, bears, joints)"},
    {Py_tp_new, comparer_new},
    {Py_tp_dealloc, comparer_free},
    {Py_tp_methods, comparer_methods},
    {0, NULL},
};

PyType_Spec comparer_spec = {"govmedia_screen._native.Comparer", sizeof(Comparer), 0, Py_TPFLAGS_DEFAULT, comparer_slots};
