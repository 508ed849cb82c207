/* The classifier's two linear heads over hashed characters and pairs; see classifier/scores.py.

   A slot counts once in a text, however often its feature stands there: a set of bits, as many as there are slots,
   says what has been counted. Sums are of whole numbers, so their order does not matter. */
#include "native.h"
#include <math.h>

#define SYMBOLS 0x10001
#define MULTIPLIER 0x9E3779B1u
#define NEWLINE 0x0A
#define LEAST 6 /* fewer code points than this say nothing */
#if defined(__GNUC__)
#define PREFETCH(address) __builtin_prefetch(address)
#else
#define PREFETCH(address) ((void)0)
#endif
#define LARGEST 4095 /* no weight is larger; see model.py */
#define HEADS 2

typedef struct {
    double slope, intercept, whole, line, shorter;
    Py_ssize_t few;
} Head;

typedef struct {
    int16_t heads[HEADS];
} Weights;

typedef struct {
    PyObject_HEAD
    int bits;
    Head heads[HEADS];
    uint32_t *mixed;  /* SYMBOLS: each code point's symbol, spread over 32 bits, from which the slots are hashed */
    Weights *weights; /* 1 << bits */
} Scorer;

typedef struct {
    int64_t sums[HEADS];
} Sums;

static inline uint32_t symbol(Py_UCS4 code)
{
    return code < SYMBOLS ? code : SYMBOLS - 1;
}

/* The slots of each of codes[start:end], two a place: of the character by itself and with the next one, which a break or a line
   end follows at last; 0 weighs nothing. The weights are sent for while the slots are still being computed. */
static void slots_of(const Scorer *self, const Py_UCS4 *codes, Py_ssize_t start, Py_ssize_t end, uint32_t *slots)
{
    const int shift = 32 - self->bits;
    Py_UCS4 code = codes[start];
    uint32_t spread = self->mixed[symbol(code)] * MULTIPLIER;
    for (Py_ssize_t place = start; place < end; place++) {
        Py_UCS4 next = codes[place + 1];
        uint32_t other = self->mixed[symbol(next)];
        int edge = code == NEWLINE || code == BREAK, after = next == NEWLINE || next == BREAK;
        slots[0] = edge || code == '\r' ? 0 : spread >> shift;
        slots[1] = edge || after ? 0 : (spread ^ other) >> shift;
        PREFETCH(&self->weights[slots[0]]);
        PREFETCH(&self->weights[slots[1]]);
        slots += 2;
        code = next;
        spread = other * MULTIPLIER;
    }
}

/* The sums of the different slots among these; `counted` is left as it was: empty. */
static Sums summed(const Scorer *self, const uint32_t *slots, size_t count, uint32_t *counted, size_t words)
{
    Sums sums = {{0, 0}};
    for (size_t place = 0; place < count; place++) {
        uint32_t slot = slots[place], bit = slot & 31, word = counted[slot >> 5];
        int64_t fresh = (int64_t)(word >> bit & 1) - 1; /* all ones if it is the first of its kind */
        counted[slot >> 5] = word | 1u << bit;
        for (int label = 0; label < HEADS; label++)
            sums.sums[label] += self->weights[slot].heads[label] & fresh;
    }
    if (count > words)
        memset(counted, 0, words * sizeof(uint32_t));
    else
        for (size_t place = 0; place < count; place++)
            counted[slots[place] >> 5] = 0;
    return sums;
}

static int raise_span(PyObject *raised, Py_ssize_t part, int label, Py_ssize_t start, Py_ssize_t end)
{
    PyObject *row = Py_BuildValue("nlnn", part, (long)label, start, end);
    int status = row == NULL ? -1 : PyList_Append(raised, row);
    Py_XDECREF(row);
    return status;
}

static inline double odds(const Head *head, int64_t sum, Py_ssize_t size)
{
    return head->slope * (double)sum / sqrt((double)(size > 1 ? size : 1)) + head->intercept;
}

/* One part: its sums into `sums`, what is over a limit into `raised`. `slots` are those of the part. */
static int judge(const Scorer *self, const Py_UCS4 *codes, Py_ssize_t start, Py_ssize_t end, const uint32_t *slots, uint32_t *counted,
                 size_t words, Py_ssize_t part, PyObject *sums, PyObject *raised)
{
    Py_ssize_t size = end - start;
    Sums whole = summed(self, slots, 2 * (size_t)size, counted, words);
    PyObject *row = Py_BuildValue("LL", (long long)whole.sums[0], (long long)whole.sums[1]);
    int status = row == NULL ? -1 : PyList_Append(sums, row);
    Py_XDECREF(row);
    for (int label = 0; status == 0 && size >= LEAST && label < HEADS; label++) {
        const Head *head = &self->heads[label];
        if (odds(head, whole.sums[label], size) >= (size < head->few ? head->shorter : head->whole))
            status = raise_span(raised, part, label, 0, size);
    }
    Py_ssize_t begin = start;
    for (Py_ssize_t place = start; status == 0 && place <= end; place++) {
        if (place < end && codes[place] != NEWLINE)
            continue;
        if (place == end && begin == start)
            break; /* one paragraph is the part itself */
        Py_ssize_t length = place - begin;
        if (length >= LEAST && (length >= self->heads[0].few || length >= self->heads[1].few)) {
            Sums line = summed(self, slots + 2 * (begin - start), 2 * (size_t)length, counted, words);
            for (int label = 0; status == 0 && label < HEADS; label++) {
                const Head *head = &self->heads[label];
                if (length >= head->few && odds(head, line.sums[label], length) >= head->line)
                    status = raise_span(raised, part, label, begin - start, place - start);
            }
        }
        begin = place + 1;
    }
    return status;
}

/* scan(text) -> (sums, raised): for each part, all closed by U+FFFF, its two sums; and rows of part, label, start, end. */
static PyObject *scorer_scan(PyObject *object, PyObject *text)
{
    const Scorer *self = (const Scorer *)object;
    Py_ssize_t size, part = 0, start = 0;
    size_t words = ((size_t)1 << self->bits) / 32;
    Py_UCS4 *codes = PyUnicode_Check(text) ? code_points(text, &size) : (PyErr_SetString(PyExc_TypeError, "scan wants a str"), NULL);
    if (codes == NULL)
        return NULL;
    uint32_t *counted = PyMem_Calloc(words, sizeof(uint32_t)), *slots = PyMem_Malloc((2 * (size_t)size + 1) * sizeof(uint32_t));
    PyObject *sums = PyList_New(0), *raised = PyList_New(0), *result = NULL;
    if (counted == NULL || slots == NULL)
        PyErr_NoMemory();
    else if (sums != NULL && raised != NULL) {
        int status = 0;
        for (Py_ssize_t place = 0; status == 0 && place < size; place++)
            if (codes[place] == BREAK) {
                slots_of(self, codes, start, place, slots);
                status = judge(self, codes, start, place, slots, counted, words, part++, sums, raised);
                start = place + 1;
            }
        if (status == 0)
            result = PyTuple_Pack(2, sums, raised);
    }
    Py_XDECREF(sums);
    Py_XDECREF(raised);
    PyMem_Free(counted);
    PyMem_Free(slots);
    PyMem_Free(codes);
    return result;
}

/* running(text, silenced) -> (sums, sums): for each label the sums of weights before each place, and of all, as int64;
   what stands in a silenced span (start, end) weighs nothing. */
static PyObject *scorer_running(PyObject *object, PyObject *args)
{
    const Scorer *self = (const Scorer *)object;
    PyObject *text, *silenced, *view[HEADS] = {NULL, NULL}, *result = NULL;
    Py_ssize_t size, spans, start, end;
    if (!PyArg_ParseTuple(args, "UO!:running", &text, &PyList_Type, &silenced))
        return NULL;
    Py_UCS4 *codes = code_points(text, &size);
    if (codes == NULL)
        return NULL;
    codes[size] = BREAK;
    size_t row = (size_t)size + 1;
    int64_t *sums = PyMem_Calloc(HEADS * row, sizeof(int64_t));
    uint32_t *slots = PyMem_Malloc(2 * row * sizeof(uint32_t));
    if (sums == NULL || slots == NULL) {
        PyErr_NoMemory();
        goto done;
    }
    slots_of(self, codes, 0, size, slots);
    for (Py_ssize_t place = 0; place < size; place++)
        for (int label = 0; label < HEADS; label++)
            sums[label * row + place + 1] = self->weights[slots[2 * place]].heads[label] + self->weights[slots[2 * place + 1]].heads[label];
    spans = PyList_Size(silenced);
    for (Py_ssize_t number = 0; number < spans; number++) {
        if (!PyArg_ParseTuple(PyList_GetItem(silenced, number), "nn:span", &start, &end))
            goto done;
        for (Py_ssize_t place = start < 0 ? 0 : start; place < end && place < size; place++)
            for (int label = 0; label < HEADS; label++)
                sums[label * row + place + 1] = 0;
    }
    for (int label = 0; label < HEADS; label++) {
        for (size_t place = 1; place < row; place++)
            sums[label * row + place] += sums[label * row + place - 1];
        PyObject *bytes = PyBytes_FromStringAndSize((const char *)(sums + label * row), (Py_ssize_t)(row * sizeof(int64_t)));
        PyObject *plain = bytes == NULL ? NULL : PyMemoryView_FromObject(bytes);
        view[label] = plain == NULL ? NULL : PyObject_CallMethod(plain, "cast", "s", "q");
        Py_XDECREF(bytes);
        Py_XDECREF(plain);
        if (view[label] == NULL)
            goto done;
    }
    result = PyTuple_Pack(2, view[0], view[1]);
done:
    for (int label = 0; label < HEADS; label++)
        Py_XDECREF(view[label]);
    PyMem_Free(sums);
    PyMem_Free(slots);
    PyMem_Free(codes);
    return result;
}

static inline uint32_t mix(uint32_t value)
{
    value *= MULTIPLIER;
    value ^= value >> 15;
    value *= 0x85EBCA77u;
    value ^= value >> 13;
    value *= 0xC2B2AE3Du;
    return value ^ value >> 16;
}

static uint32_t number_at(const unsigned char *bytes)
{
    return bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

/* Fill the tables from little-endian numbers. */
static int fill(Scorer *self, const Py_buffer *symbols, const Py_buffer *weights)
{
    size_t slots = (size_t)1 << self->bits, changed = (size_t)symbols->len / 8;
    const unsigned char *bytes = weights->buf, *from = symbols->buf, *to = from + 4 * changed;
    if (symbols->len % 8 || (size_t)weights->len != HEADS * slots * sizeof(int16_t)) {
        PyErr_SetString(PyExc_ValueError, "tables of the wrong size");
        return -1;
    }
    self->mixed = PyMem_Malloc(SYMBOLS * sizeof(uint32_t));
    self->weights = PyMem_Malloc(slots * sizeof(Weights));
    if (self->mixed == NULL || self->weights == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    for (uint32_t code = 0; code < SYMBOLS; code++)
        self->mixed[code] = code;
    for (size_t place = 0; place < changed; place++) {
        if (number_at(from + 4 * place) >= SYMBOLS) {
            PyErr_SetString(PyExc_ValueError, "a symbol of no code point");
            return -1;
        }
        self->mixed[number_at(from + 4 * place)] = number_at(to + 4 * place);
    }
    for (uint32_t code = 0; code < SYMBOLS; code++)
        self->mixed[code] = mix(self->mixed[code]);
    for (size_t slot = 0; slot < slots; slot++)
        for (int label = 0; label < HEADS; label++) {
            const unsigned char *place = bytes + 2 * (label * slots + slot);
            int16_t weight = (int16_t)(place[0] | place[1] << 8);
            if (weight > LARGEST || weight < -LARGEST || (slot == 0 && weight != 0)) {
                PyErr_Format(PyExc_ValueError, "slot %zd weighs %d", (Py_ssize_t)slot, (int)weight);
                return -1;
            }
            self->weights[slot].heads[label] = weight;
        }
    return 0;
}

static PyObject *scorer_new(PyTypeObject *type, PyObject *args, PyObject *names)
{
    Py_buffer symbols, weights;
    int bits;
    Head one, two;
    if (!PyArg_ParseTuple(args, "y*y*i(dddddn)(dddddn):Scorer", &symbols, &weights, &bits, &one.slope, &one.intercept, &one.whole, &one.line,
                          &one.shorter, &one.few, &two.slope, &two.intercept, &two.whole, &two.line, &two.shorter, &two.few))
        return NULL;
    allocfunc allocate = (allocfunc)PyType_GetSlot(type, Py_tp_alloc);
    Scorer *self = NULL;
    if (bits < 8 || bits > 20)
        PyErr_SetString(PyExc_ValueError, "bits must be 8 to 20");
    else
        self = (Scorer *)allocate(type, 0);
    if (self != NULL) {
        self->bits = bits;
        self->heads[0] = one;
        self->heads[1] = two;
        if (fill(self, &symbols, &weights) < 0) {
            Py_DECREF(self);
            self = NULL;
        }
    }
    PyBuffer_Release(&symbols);
    PyBuffer_Release(&weights);
    return (PyObject *)self;
}

static void scorer_free(PyObject *object)
{
    Scorer *self = (Scorer *)object;
    PyTypeObject *type = Py_TYPE(object);
    PyMem_Free(self->mixed);
    PyMem_Free(self->weights);
    freefunc release = (freefunc)PyType_GetSlot(type, Py_tp_free);
    release(object);
    Py_DECREF(type);
}

static int ends_sentence(Py_UCS4 code)
{
    return code == 0x3002 || code == 0xFF01 || code == 0xFF1F || code == 0xFF1B || code == '!' || code == '?' || code == ';' || code == '\n'
        || code == '\r';
}

static int closes(Py_UCS4 code)
{
    return code == 0x201D || code == 0x2019 || code == 0x300D || code == 0x300F || code == 0xFF09 || code == ')';
}

/* carried(text, sums, start, end, by_weight, by_length) -> (first, last): see detectors/stance/spans.py. */
static PyObject *carried(PyObject *module, PyObject *args)
{
    PyObject *text;
    Py_buffer buffer;
    Py_ssize_t size, start, end;
    double by_weight, by_length;
    if (!PyArg_ParseTuple(args, "Uy*nndd:carried", &text, &buffer, &start, &end, &by_weight, &by_length))
        return NULL;
    const int64_t *sums = buffer.buf;
    Py_UCS4 *codes = code_points(text, &size);
    PyObject *result = NULL;
    if (codes == NULL)
        goto done;
    if (start < 0 || start > end || end > size || size >= buffer.len / (Py_ssize_t)sizeof(int64_t)) {
        PyErr_SetString(PyExc_ValueError, "a span beyond the sums");
        goto done;
    }
    Py_ssize_t first = start, last = end, begin = start, left = start;
    double best = -HUGE_VAL, run = -HUGE_VAL;
    for (Py_ssize_t place = start; left < end || place == start;) {
        while (place < end && !ends_sentence(codes[place]))
            place++;
        while (place < end && ends_sentence(codes[place]))
            place++;
        if (place < end && place > start && ends_sentence(codes[place - 1]) && closes(codes[place]))
            place++;
        double share = by_weight * (double)(sums[place] - sums[left]) + by_length * (double)(place - left);
        if (run <= 0) {
            run = share;
            begin = left;
        } else
            run += share;
        if (run > best) {
            best = run;
            first = begin;
            last = place;
        }
        left = place;
        if (place >= end)
            break;
    }
    result = Py_BuildValue("nn", first, last);
done:
    PyMem_Free(codes);
    PyBuffer_Release(&buffer);
    return result;
}

PyMethodDef stance_methods[] = {
    {"carried", carried, METH_VARARGS, "carried(text, sums, start, end, by_weight, by_length) -> (first, last)"},
    {NULL, NULL, 0, NULL},
};

static PyMethodDef scorer_methods[] = {
    {"scan", scorer_scan, METH_O, "scan(text) -> (sums, raised)"},
    {"running", scorer_running, METH_VARARGS, "running(text, silenced) -> (sums, sums)"},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot scorer_slots[] = {
    {Py_tp_doc, "Scorer(symbols, weights, bits, head, head); a head is (slope, intercept, whole, line, short, few)"},
    {Py_tp_new, scorer_new},
    {Py_tp_dealloc, scorer_free},
    {Py_tp_methods, scorer_methods},
    {0, NULL},
};

PyType_Spec scorer_spec = {"govmedia_screen._native.Scorer", sizeof(Scorer), 0, Py_TPFLAGS_DEFAULT, scorer_slots};
