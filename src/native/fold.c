/* Folding by tables over all code points; see matching/fold.py and matching/text.py. */
#include "native.h"

#define CODES 0x110000

Py_UCS4 *code_points(PyObject *text, Py_ssize_t *size)
{
    *size = PyUnicode_GetLength(text);
    if (*size < 0)
        return NULL;
    Py_UCS4 *codes = PyMem_Malloc((size_t)(*size + 1) * sizeof(Py_UCS4));
    if (codes == NULL)
        return (Py_UCS4 *)PyErr_NoMemory();
    if (PyUnicode_AsUCS4(text, codes, *size + 1, 1) == NULL) {
        PyMem_Free(codes);
        return NULL;
    }
    return codes;
}

/* A table with one entry of `width` bytes for every code point. */
static const void *table_of(Py_buffer *buffer, Py_ssize_t width)
{
    if (buffer->len != width * CODES) {
        PyErr_Format(PyExc_ValueError, "the table has %zd bytes, not %zd", buffer->len, width * CODES);
        return NULL;
    }
    return buffer->buf;
}

/* A text and the table that it is read by. */
typedef struct {
    Py_ssize_t size;
    Py_UCS4 *codes;
    Py_buffer buffer;
    const void *table;
} Input;

/* Take the arguments text and table; -1 with an exception set. What was opened is closed by `release`, whatever came of it. */
static int open_input(Input *input, PyObject *args, Py_ssize_t width)
{
    PyObject *text;
    *input = (Input){0};
    if (!PyArg_ParseTuple(args, "Uy*", &text, &input->buffer))
        return -1;
    input->table = table_of(&input->buffer, width);
    if (input->table != NULL)
        input->codes = code_points(text, &input->size);
    return input->codes == NULL ? -1 : 0;
}

static void release(Input *input)
{
    PyMem_Free(input->codes);
    if (input->buffer.obj != NULL)
        PyBuffer_Release(&input->buffer);
}

/* fold(text, table) -> (view, where): folded code points as uint16, dropped ones left out and repeats once,
   and for each its index in text as uint32. */
static PyObject *fold(PyObject *module, PyObject *args)
{
    Input input;
    PyObject *view = NULL, *where = NULL, *result = NULL;
    uint32_t *places = NULL;
    if (open_input(&input, args, sizeof(uint16_t)) == 0
        && (places = PyMem_Malloc((size_t)(input.size + 1) * (sizeof(uint32_t) + sizeof(uint16_t)))) == NULL)
        PyErr_NoMemory();
    if (places != NULL) {
        const uint16_t *table = input.table;
        uint16_t *seen = (uint16_t *)(places + input.size), last = 0;
        Py_ssize_t kept = 0;
        for (Py_ssize_t place = 0; place < input.size; place++) {
            uint16_t folded = table[input.codes[place]];
            if (folded != 0 && folded != last) {
                seen[kept] = last = folded;
                places[kept++] = (uint32_t)place;
            }
        }
        view = PyBytes_FromStringAndSize((const char *)seen, kept * (Py_ssize_t)sizeof(uint16_t));
        where = PyBytes_FromStringAndSize((const char *)places, kept * (Py_ssize_t)sizeof(uint32_t));
        if (view != NULL && where != NULL)
            result = PyTuple_Pack(2, view, where);
    }
    Py_XDECREF(view);
    Py_XDECREF(where);
    PyMem_Free(places);
    release(&input);
    return result;
}

/* exchange(text, table) -> str: every code point exchanged by a table of uint16; the same length. */
static PyObject *exchange(PyObject *module, PyObject *args)
{
    Input input;
    PyObject *result = NULL;
    uint16_t *units = NULL;
    if (open_input(&input, args, sizeof(uint16_t)) == 0 && (units = PyMem_Malloc((size_t)(input.size + 1) * sizeof(uint16_t))) == NULL)
        PyErr_NoMemory();
    if (units != NULL) {
        const uint16_t *table = input.table, one = 1;
        int order = *(const unsigned char *)&one ? -1 : 1;
        for (Py_ssize_t place = 0; place < input.size; place++)
            units[place] = table[input.codes[place]];
        result = PyUnicode_DecodeUTF16((const char *)units, input.size * (Py_ssize_t)sizeof(uint16_t), "replace", &order);
    }
    PyMem_Free(units);
    release(&input);
    return result;
}

/* project(text, table) -> bytes: every code point as one byte of a table of uint8. */
static PyObject *project(PyObject *module, PyObject *args)
{
    Input input;
    PyObject *result = NULL;
    if (open_input(&input, args, sizeof(uint8_t)) == 0 && (result = PyBytes_FromStringAndSize(NULL, input.size)) != NULL) {
        const uint8_t *table = input.table;
        uint8_t *bytes = (uint8_t *)PyBytes_AsString(result);
        for (Py_ssize_t place = 0; place < input.size; place++)
            bytes[place] = table[input.codes[place]];
    }
    release(&input);
    return result;
}

static int append_span(PyObject *spans, Py_ssize_t start, Py_ssize_t end)
{
    PyObject *span = Py_BuildValue("nn", start, end);
    int status = span == NULL ? -1 : PyList_Append(spans, span);
    Py_XDECREF(span);
    return status;
}

/* chains(text, table, least, gap, numerals) -> (chains, stretches): see formats/runs.py. The table has '1' (letters) and '3' (digits)
   for what a chain is made of, '0' for what may stand between, at most `gap` of them, '2' for Chinese numerals, and '4' for what
   nobody sees, which is passed over. A stretch is `numerals` digits or numerals, one of them Chinese at least, one joiner between. */
static PyObject *chains(PyObject *module, PyObject *args)
{
    PyObject *text, *found = NULL, *stretches = NULL, *result = NULL;
    Py_buffer buffer;
    Py_ssize_t size, least, gap, numerals;
    Py_UCS4 *codes = NULL;
    if (!PyArg_ParseTuple(args, "Uy*nnn:chains", &text, &buffer, &least, &gap, &numerals))
        return NULL;
    const uint8_t *table = table_of(&buffer, sizeof(uint8_t));
    if (table == NULL || (codes = code_points(text, &size)) == NULL || (found = PyList_New(0)) == NULL || (stretches = PyList_New(0)) == NULL)
        goto done;
    Py_ssize_t start = 0, last = -1, members = 0, joined = 0;
    Py_ssize_t first = 0, end = 0, counted = 0, parted = 0, spoken = 0;
    for (Py_ssize_t place = 0; place <= size; place++) {
        uint8_t kind = place < size ? table[codes[place]] : 0;
        if (kind == '4')
            continue;
        if (kind == '1' || kind == '3') {
            if (members++ == 0)
                start = place;
            last = place;
            joined = 0;
        } else if (members && (kind != '0' || ++joined > gap)) {
            if (members >= least && append_span(found, start, last + 1) < 0)
                goto done;
            members = joined = 0;
        }
        if (kind == '2' || kind == '3') {
            if (counted++ == 0)
                first = place;
            end = place + 1;
            spoken += kind == '2';
            parted = 0;
        } else if (counted && (kind != '0' || parted++)) {
            if (counted >= numerals && spoken && append_span(stretches, first, end) < 0)
                goto done;
            counted = spoken = parted = 0;
        }
    }
    result = PyTuple_Pack(2, found, stretches);
done:
    Py_XDECREF(found);
    Py_XDECREF(stretches);
    PyMem_Free(codes);
    PyBuffer_Release(&buffer);
    return result;
}

/* doubled(text) -> [place, ...]: where the same code point stands at the next place too. */
static PyObject *doubled(PyObject *module, PyObject *text)
{
    Py_ssize_t size;
    Py_UCS4 *codes = PyUnicode_Check(text) ? code_points(text, &size) : (PyErr_SetString(PyExc_TypeError, "doubled wants a str"), NULL);
    PyObject *places = codes == NULL ? NULL : PyList_New(0);
    for (Py_ssize_t place = 0; places != NULL && place + 1 < size; place++)
        if (codes[place] == codes[place + 1]) {
            PyObject *number = PyLong_FromSsize_t(place);
            if (number == NULL || PyList_Append(places, number) < 0)
                Py_CLEAR(places);
            Py_XDECREF(number);
        }
    PyMem_Free(codes);
    return places;
}

/* What joins two characters in a bitmap of pairs. */
#define PAIR_BITS 20
static inline uint32_t pair_bit(uint16_t first, uint16_t second)
{
    return ((first * 0x9E3779B1u) ^ (second * 0x85EBCA77u)) >> (32 - PAIR_BITS);
}

/* pairs(spelled) -> bytes: the bitmap of all characters that stand side by side in terms, which are big-endian and parted by U+FFFF. */
static PyObject *pairs(PyObject *module, PyObject *argument)
{
    Py_buffer buffer;
    if (PyObject_GetBuffer(argument, &buffer, PyBUF_SIMPLE) < 0)
        return NULL;
    PyObject *result = PyBytes_FromStringAndSize(NULL, 1 << (PAIR_BITS - 3));
    if (result != NULL) {
        uint8_t *bits = (uint8_t *)PyBytes_AsString(result);
        const uint8_t *bytes = buffer.buf;
        memset(bits, 0, 1 << (PAIR_BITS - 3));
        for (Py_ssize_t place = 0; place + 3 < buffer.len; place += 2) {
            uint16_t first = (uint16_t)(bytes[place] << 8 | bytes[place + 1]), second = (uint16_t)(bytes[place + 2] << 8 | bytes[place + 3]);
            if (first != BREAK && second != BREAK) {
                uint32_t bit = pair_bit(first, second);
                bits[bit >> 3] |= (uint8_t)(1u << (bit & 7));
            }
        }
    }
    PyBuffer_Release(&buffer);
    return result;
}

static inline int is_han(uint16_t code) { return code >= 0x3400 && code < 0xA000; }
static inline int is_digit(uint16_t code) { return code >= '0' && code <= '9'; }
static inline int is_letter(uint16_t code) { return code >= 'a' && code <= 'z'; }

/* bridges(view, bitmap, longest) -> [(start, end), ...]: letters and digits between two Han characters that stand side by side in some
   term, and digits between two letters; `longest` at most. */
static PyObject *bridges(PyObject *module, PyObject *args)
{
    Py_buffer view, bitmap;
    Py_ssize_t longest;
    if (!PyArg_ParseTuple(args, "y*y*n:bridges", &view, &bitmap, &longest))
        return NULL;
    PyObject *found = NULL;
    if (bitmap.len != 1 << (PAIR_BITS - 3))
        PyErr_SetString(PyExc_ValueError, "this is no bitmap of pairs");
    else
        found = PyList_New(0);
    const uint16_t *text = view.buf;
    const uint8_t *bits = bitmap.buf;
    Py_ssize_t size = view.len / (Py_ssize_t)sizeof(uint16_t);
    for (Py_ssize_t place = 0; found != NULL && place < size; place++) {
        if (!is_digit(text[place]) && !is_letter(text[place]))
            continue;
        Py_ssize_t end = place;
        int only_digits = 1;
        while (end < size && (is_digit(text[end]) || is_letter(text[end])))
            only_digits &= is_digit(text[end++]);
        uint16_t before = place ? text[place - 1] : BREAK, after = end < size ? text[end] : BREAK;
        if (end - place <= longest && is_han(before) && is_han(after)) {
            uint32_t bit = pair_bit(before, after);
            if (bits[bit >> 3] >> (bit & 7) & 1 && append_span(found, place, end) < 0)
                Py_CLEAR(found);
        }
        if (!only_digits)
            for (Py_ssize_t first = place + 1; found != NULL && first + 1 < end; first++)
                if (is_digit(text[first]) && is_letter(text[first - 1])) {
                    Py_ssize_t last = first;
                    while (last < end && is_digit(text[last]))
                        last++;
                    if (last < end && last - first <= longest && append_span(found, first, last) < 0)
                        Py_CLEAR(found);
                    first = last;
                }
        place = end;
    }
    PyBuffer_Release(&view);
    PyBuffer_Release(&bitmap);
    return found;
}

PyMethodDef fold_methods[] = {
    {"fold", fold, METH_VARARGS, "fold(text, table) -> (view, where)"},
    {"exchange", exchange, METH_VARARGS, "exchange(text, table) -> str"},
    {"project", project, METH_VARARGS, "project(text, table) -> bytes"},
    {"chains", chains, METH_VARARGS, "chains(text, table, least, gap, numerals) -> (chains, stretches)"},
    {"pairs", pairs, METH_O, "pairs(spelled) -> bitmap"},
    {"bridges", bridges, METH_VARARGS, "bridges(view, bitmap, longest) -> [(start, end), ...]"},
    {"doubled", doubled, METH_O, "doubled(text) -> [place, ...]"},
    {NULL, NULL, 0, NULL},
};
