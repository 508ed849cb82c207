/* Aho and Corasick's automaton over 16-bit code points; see matching/automaton.py.

   Nodes stand in the order of a breadth-first walk over the sorted terms, so a node's children stand side by side,
   by label. A filter over the first two characters of all terms passes over most of a text without a look at the
   nodes: nothing that stands at the root can begin a term there. */
#include "native.h"
#include <stdlib.h>

#define MAGIC 0x47534131u /* GSA1 */
#define NONE UINT32_MAX
#define FILTER_BITS 18
#define FILTER_WORDS (1 << (FILTER_BITS - 5))
#define ROOTS 0x10000
#define LONG 2048 /* from so many places on, letting other threads run is worth its price */

typedef struct {
    uint32_t magic, nodes, terms, open; /* open: a term of one character exists, the filter cannot be used */
} Header;

typedef struct {
    PyObject_HEAD
    Header header;
    uint32_t *filter;   /* FILTER_WORDS */
    uint32_t *root;     /* ROOTS: the root's child of that label, or 0 */
    uint32_t *children; /* nodes + 1: where a node's children begin */
    uint32_t *fail;     /* nodes: the longest proper suffix that is a node */
    uint32_t *term;     /* nodes: the term that ends here, or NONE */
    uint32_t *link;     /* nodes: the longest proper suffix at which a term ends, or 0 */
    uint16_t *label;    /* nodes */
    void *memory;
} Automaton;

static size_t layout(Automaton *self, char *memory)
{
    size_t nodes = self->header.nodes, used = sizeof(Header);
#define PLACE(field, count) \
    self->field = (void *)(memory + used); \
    used += (count) * sizeof(*self->field)
    PLACE(filter, FILTER_WORDS);
    PLACE(root, ROOTS);
    PLACE(children, nodes + 1);
    PLACE(fail, nodes);
    PLACE(term, nodes);
    PLACE(link, nodes);
    PLACE(label, nodes);
#undef PLACE
    return used;
}

static inline uint32_t pair(uint16_t first, uint16_t second)
{
    return ((first * 0x9E3779B1u) ^ (second * 0x85EBCA77u)) >> (32 - FILTER_BITS);
}

static inline uint32_t child(const Automaton *self, uint32_t node, uint16_t wanted)
{
    uint32_t low = self->children[node], high = self->children[node + 1];
    while (high - low > 4) {
        uint32_t middle = low + (high - low) / 2;
        if (self->label[middle] <= wanted)
            low = middle;
        else
            high = middle;
    }
    for (; low < high; low++)
        if (self->label[low] == wanted)
            return low;
    return 0;
}

/* One step from a node other than the root. */
static inline uint32_t step(const Automaton *self, uint32_t node, uint16_t wanted)
{
    while (node != 0) {
        uint32_t next = child(self, node, wanted);
        if (next != 0)
            return next;
        node = self->fail[node];
    }
    return self->root[wanted];
}

typedef struct {
    const uint16_t *text;
    uint32_t size, number;
} Term;

static int before(const Term *one, const Term *other)
{
    uint32_t size = one->size < other->size ? one->size : other->size;
    for (uint32_t place = 0; place < size; place++)
        if (one->text[place] != other->text[place])
            return one->text[place] < other->text[place];
    return one->size < other->size;
}

static void sort(Term *terms, Term *spare, size_t count)
{
    if (count < 2)
        return;
    size_t half = count / 2, left = 0, right = half, place = 0;
    sort(terms, spare, half);
    sort(terms + half, spare, count - half);
    memcpy(spare, terms, count * sizeof(Term));
    while (left < half && right < count)
        terms[place++] = before(&spare[right], &spare[left]) ? spare[right++] : spare[left++];
    while (left < half)
        terms[place++] = spare[left++];
    while (right < count)
        terms[place++] = spare[right++];
}

typedef struct {
    uint32_t low, high; /* the terms under a node */
} Range;

/* The nodes, by a breadth-first walk; how many there are if the fields are not laid out yet. */
static uint32_t grow(Automaton *self, const Term *terms, uint32_t count, Range *ranges, uint32_t *depths)
{
    uint32_t nodes = 1;
    ranges[0] = (Range){0, count};
    depths[0] = 0;
    for (uint32_t node = 0; node < nodes; node++) {
        uint32_t depth = depths[node], low = ranges[node].low, high = ranges[node].high;
        self->children[node] = nodes;
        self->term[node] = NONE;
        if (low < high && terms[low].size == depth) /* terms are distinct: only the first can end here */
            self->term[node] = terms[low++].number;
        while (low < high) {
            uint16_t label = terms[low].text[depth];
            uint32_t end = low + 1;
            while (end < high && terms[end].text[depth] == label)
                end++;
            self->label[nodes] = label;
            ranges[nodes] = (Range){low, end};
            depths[nodes++] = depth + 1;
            low = end;
        }
    }
    self->children[nodes] = nodes;
    return nodes;
}

/* How many nodes sorted terms need: one for each character that is not shared with the term before. */
static size_t count_nodes(const Term *terms, size_t count)
{
    size_t nodes = 1;
    for (size_t number = 0; number < count; number++) {
        uint32_t shared = 0;
        if (number)
            while (shared < terms[number].size && shared < terms[number - 1].size && terms[number].text[shared] == terms[number - 1].text[shared])
                shared++;
        nodes += terms[number].size - shared;
    }
    return nodes;
}

static void join(Automaton *self)
{
    self->fail[0] = self->link[0] = 0;
    for (uint32_t node = 0; node < self->header.nodes; node++)
        for (uint32_t next = self->children[node]; next < self->children[node + 1]; next++) {
            uint32_t suffix = node ? step(self, self->fail[node], self->label[next]) : 0;
            self->fail[next] = suffix;
            self->link[next] = self->term[suffix] != NONE ? suffix : self->link[suffix];
        }
}

static int build(Automaton *self, const char *spelled, Py_ssize_t bytes)
{
    size_t units = (size_t)bytes / 2, count = 1, number = 0, begin = 0;
    int status = -1;
    uint16_t *text = PyMem_Malloc((units + 1) * sizeof(uint16_t));
    Term *terms = NULL;
    Range *ranges = NULL;
    uint32_t *depths = NULL;
    if (text == NULL)
        goto memory;
    for (size_t place = 0; place < units; place++) {
        text[place] = (uint16_t)((unsigned char)spelled[2 * place] << 8 | (unsigned char)spelled[2 * place + 1]);
        count += text[place] == BREAK;
    }
    if (units == 0)
        count = 0;
    text[units] = BREAK;
    if ((terms = PyMem_Malloc((2 * count + 1) * sizeof(Term))) == NULL)
        goto memory;
    for (size_t place = 0; count && place <= units; place++)
        if (text[place] == BREAK) {
            if (place == begin) {
                PyErr_SetString(PyExc_ValueError, "an empty term");
                goto done;
            }
            terms[number] = (Term){text + begin, (uint32_t)(place - begin), (uint32_t)number};
            number++;
            begin = place + 1;
        }
    sort(terms, terms + count, count);
    for (size_t place = 1; place < count; place++)
        if (!before(&terms[place - 1], &terms[place])) {
            PyErr_SetString(PyExc_ValueError, "two terms are the same");
            goto done;
        }
    self->header = (Header){MAGIC, (uint32_t)count_nodes(terms, count), (uint32_t)count, 0};
    size_t size = layout(self, NULL);
    self->memory = PyMem_Calloc(1, size);
    ranges = PyMem_Malloc(self->header.nodes * sizeof(Range));
    depths = PyMem_Malloc(self->header.nodes * sizeof(uint32_t));
    if (self->memory == NULL || ranges == NULL || depths == NULL)
        goto memory;
    layout(self, self->memory);
    grow(self, terms, (uint32_t)count, ranges, depths);
    for (uint32_t node = self->children[0]; node < self->children[1]; node++)
        self->root[self->label[node]] = node;
    for (size_t place = 0; place < count; place++) {
        if (terms[place].size == 1)
            self->header.open = 1;
        else {
            uint32_t bit = pair(terms[place].text[0], terms[place].text[1]);
            self->filter[bit >> 5] |= 1u << (bit & 31);
        }
    }
    join(self);
    memcpy(self->memory, &self->header, sizeof(Header));
    status = 0;
    goto done;
memory:
    PyErr_NoMemory();
done:
    PyMem_Free(text);
    PyMem_Free(terms);
    PyMem_Free(ranges);
    PyMem_Free(depths);
    return status;
}

static int restore(Automaton *self, const char *kept, Py_ssize_t bytes)
{
    if (bytes >= (Py_ssize_t)sizeof(Header))
        memcpy(&self->header, kept, sizeof(Header));
    if (self->header.magic != MAGIC || (size_t)bytes != layout(self, NULL)) {
        PyErr_SetString(PyExc_ValueError, "these bytes are no automaton");
        return -1;
    }
    if ((self->memory = PyMem_Malloc((size_t)bytes)) == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    memcpy(self->memory, kept, (size_t)bytes);
    layout(self, self->memory);
    uint32_t nodes = self->header.nodes, terms = self->header.terms;
    int sound = self->children[nodes] == nodes;
    for (uint32_t node = 0; sound && node < nodes; node++)
        sound = self->children[node] <= self->children[node + 1] && self->children[node] > node && (self->fail[node] < node || node == 0)
            && (self->link[node] < node || node == 0) && (self->term[node] < terms || self->term[node] == NONE);
    for (uint32_t label = 0; sound && label < ROOTS; label++)
        sound = self->root[label] < nodes;
    if (!sound)
        PyErr_SetString(PyExc_ValueError, "these bytes are a damaged automaton");
    return sound ? 0 : -1;
}

/* Automaton(spelled, kept=False): from terms as big-endian 16-bit code points parted by U+FFFF, or from what `dump` gave. */
static PyObject *automaton_new(PyTypeObject *type, PyObject *args, PyObject *names)
{
    static char *keywords[] = {"spelled", "kept", NULL};
    Py_buffer buffer;
    int kept = 0;
    if (!PyArg_ParseTupleAndKeywords(args, names, "y*|p:Automaton", keywords, &buffer, &kept))
        return NULL;
    allocfunc allocate = (allocfunc)PyType_GetSlot(type, Py_tp_alloc);
    Automaton *self = (Automaton *)allocate(type, 0);
    if (self != NULL) {
        self->memory = NULL;
        int status = kept ? restore(self, buffer.buf, buffer.len) : build(self, buffer.buf, buffer.len);
        if (status < 0) {
            Py_DECREF(self);
            self = NULL;
        }
    }
    PyBuffer_Release(&buffer);
    return (PyObject *)self;
}

static void automaton_free(PyObject *object)
{
    PyTypeObject *type = Py_TYPE(object);
    PyMem_Free(((Automaton *)object)->memory);
    freefunc release = (freefunc)PyType_GetSlot(type, Py_tp_free);
    release(object);
    Py_DECREF(type);
}

static PyObject *automaton_dump(PyObject *object, PyObject *nothing)
{
    Automaton *self = (Automaton *)object, scratch = *self;
    return PyBytes_FromStringAndSize(self->memory, (Py_ssize_t)layout(&scratch, NULL));
}

/* Without the interpreter's lock: memory comes from the C library. */
static int note(Hits *found, Py_ssize_t end, uint32_t number)
{
    if (found->count == found->room) {
        size_t room = found->room ? 2 * found->room : 64;
        Hit *hits = realloc(found->hits, room * sizeof(Hit));
        if (hits == NULL)
            return -1;
        found->hits = hits;
        found->room = room;
    }
    found->hits[found->count++] = (Hit){end, number};
    return 0;
}

static inline uint16_t unit(const unsigned char *text, Py_ssize_t place)
{
    uint16_t code;
    memcpy(&code, text + 2 * place, sizeof(code)); /* a view may begin anywhere */
    return code;
}

/* All terms in the text; 0, or -1 if memory ran out. */
static int walk(const Automaton *self, const unsigned char *text, Py_ssize_t size, Hits *found)
{
    const int filtered = !self->header.open;
    uint32_t node = 0;
    for (Py_ssize_t place = 0; place < size; place++) {
        uint16_t code = unit(text, place);
        if (node != 0) {
            uint32_t next = 0;
            while (node != 0 && (next = child(self, node, code)) == 0)
                node = self->fail[node];
            node = next;
        }
        if (node == 0) {
            if (filtered) {
                if (place + 1 == size)
                    break;
                uint32_t bit = pair(code, unit(text, place + 1));
                if (!(self->filter[bit >> 5] >> (bit & 31) & 1))
                    continue;
            }
            node = self->root[code];
        }
        for (uint32_t end = self->term[node] != NONE ? node : self->link[node]; end != 0; end = self->link[end])
            if (note(found, place + 1, self->term[end]) < 0)
                return -1;
    }
    return 0;
}

/* An automaton never changes, so other threads run while a long view is read. */
int find_terms(PyObject *automaton, const void *view, Py_ssize_t size, Hits *found)
{
    *found = (Hits){NULL, 0, 0};
    if ((destructor)PyType_GetSlot(Py_TYPE(automaton), Py_tp_dealloc) != automaton_free) {
        PyErr_SetString(PyExc_TypeError, "this is no automaton");
        return -1;
    }
    PyThreadState *thread = size >= LONG ? PyEval_SaveThread() : NULL;
    int status = walk((const Automaton *)automaton, view, size, found);
    if (thread != NULL)
        PyEval_RestoreThread(thread);
    if (status < 0) {
        free(found->hits);
        *found = (Hits){NULL, 0, 0};
        PyErr_NoMemory();
    }
    return status;
}

PyObject *list_of(const Hits *found)
{
    PyObject *hits = PyList_New((Py_ssize_t)found->count);
    for (size_t place = 0; hits != NULL && place < found->count; place++) {
        PyObject *end = PyLong_FromSsize_t(found->hits[place].end), *number = PyLong_FromUnsignedLong(found->hits[place].number);
        PyObject *hit = end != NULL && number != NULL ? PyTuple_Pack(2, end, number) : NULL;
        Py_XDECREF(end);
        Py_XDECREF(number);
        if (hit == NULL || PyList_SetItem(hits, (Py_ssize_t)place, hit) < 0)
            Py_CLEAR(hits);
    }
    return hits;
}

/* find(view) -> [(end, number), …] by ascending end, longest first; view holds uint16. */
static PyObject *automaton_find(PyObject *object, PyObject *view)
{
    Py_buffer buffer;
    Hits found;
    if (PyObject_GetBuffer(view, &buffer, PyBUF_SIMPLE) < 0)
        return NULL;
    int status = find_terms(object, buffer.buf, buffer.len / (Py_ssize_t)sizeof(uint16_t), &found);
    PyBuffer_Release(&buffer);
    if (status < 0)
        return NULL;
    PyObject *hits = list_of(&found);
    free(found.hits);
    return hits;
}

static inline int is_plain(uint16_t code)
{
    return (code >= '0' && code <= '9') || (code >= 'a' && code <= 'z');
}

static inline int is_han(uint16_t code)
{
    return code >= 0x3400 && code < 0xA000;
}

/* Whether a term can be read across text[first:last], letters and digits between Han; others like it left out too. */
static int crosses(const Automaton *self, const unsigned char *text, Py_ssize_t size, Py_ssize_t first, Py_ssize_t last, Py_ssize_t reach)
{
    uint32_t node = 0, fresh = 0; /* having read all, and what stands behind alone */
    Py_ssize_t close = last + reach < size ? last + reach : size;
    for (Py_ssize_t place = first > reach ? first - reach : 0; place < close; place++) {
        uint16_t code = unit(text, place);
        if (is_plain(code)) {
            Py_ssize_t end = place + 1;
            while (end < size && is_plain(unit(text, end)))
                end++;
            if (place > 0 && end < size && is_han(unit(text, place - 1)) && is_han(unit(text, end))) {
                place = end - 1;
                continue;
            }
        }
        node = step(self, node, code);
        if (place < last)
            continue;
        fresh = step(self, fresh, code);
        for (uint32_t longer = node; longer != fresh; longer = self->fail[longer])
            if (self->term[longer] != NONE)
                return 1;
        if (node == fresh)
            return 0;
    }
    return 0;
}

/* across(view, spans, reach) -> spans: those of letters and digits between Han across which a term can be read, within
   `reach` to either side, and all between other characters. */
static PyObject *automaton_across(PyObject *object, PyObject *args)
{
    Py_buffer view;
    PyObject *spans;
    Py_ssize_t reach;
    if (!PyArg_ParseTuple(args, "y*O!n:across", &view, &PyList_Type, &spans, &reach))
        return NULL;
    Py_ssize_t size = view.len / (Py_ssize_t)sizeof(uint16_t);
    PyObject *kept = PyList_New(0);
    for (Py_ssize_t place = 0; kept != NULL && place < PyList_Size(spans); place++) {
        PyObject *span = PyList_GetItem(spans, place);
        Py_ssize_t first, last;
        if (!PyArg_ParseTuple(span, "nn", &first, &last) || first < 1 || last < first || last >= size) {
            if (!PyErr_Occurred())
                PyErr_SetString(PyExc_ValueError, "a span lies outside the view");
            Py_CLEAR(kept);
        } else if ((!is_han(unit(view.buf, first - 1)) || crosses((const Automaton *)object, view.buf, size, first, last, reach)) && PyList_Append(kept, span) < 0)
            Py_CLEAR(kept);
    }
    PyBuffer_Release(&view);
    return kept;
}

static PyMethodDef automaton_methods[] = {
    {"across", automaton_across, METH_VARARGS, "across(view, spans, reach) -> spans"},
    {"find", automaton_find, METH_O, "find(view) -> [(end, number), ...]"},
    {"dump", automaton_dump, METH_NOARGS, "dump() -> bytes"},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot automaton_slots[] = {
    {Py_tp_doc, "Automaton(spelled, kept=False)"},
    {Py_tp_new, automaton_new},
    {Py_tp_dealloc, automaton_free},
    {Py_tp_methods, automaton_methods},
    {0, NULL},
};

PyType_Spec automaton_spec = {"govmedia_screen._native.Automaton", sizeof(Automaton), 0, Py_TPFLAGS_DEFAULT, automaton_slots};
