/* One run of a forced order of bpo-20891, on the CPython that this is linked with. The same program in the machine's C code is
 * specs/scenarios/gil/order_ORDER.txtar; bpo20891_test.py runs both.
 *
 *   bpo20891 before|inside|after|after_old_calls
 *
 * Nobody calls PyEval_InitThreads. Exit status 0: all went well; 3: an assertion of ours failed; abort: a fatal error of CPython.
 * Before it calls into Python the foreign thread writes "begun", so that who finds this process hanging knows that it came so far.
 */
#include <Python.h>

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Goes up, never down. */
static atomic_int stage;

static void reach(int n) { atomic_store(&stage, n); }

static void wait_for(int n)
{
    const struct timespec pause = {0, 100000};
    while (atomic_load(&stage) < n) nanosleep(&pause, NULL);
}

static void begin(void)
{
    if (write(STDOUT_FILENO, "begun\n", 6) != 6) _exit(4);
}

static void assert_same(PyThreadState *found, PyThreadState *expected)
{
    if (found == expected) return;
    fputs("assertion: another thread's state\n", stderr);
    _exit(3);
}

/* --- what the foreign thread does */

static void *ensure_and_release(void *first_stage)
{
    wait_for(*(const int *)first_stage);
    begin();
    PyGILState_STATE state = PyGILState_Ensure();
    PyGILState_Release(state);
    reach(3);
    return NULL;
}

static void *stay_inside(void *unused)
{
    begin();
    PyGILState_STATE state = PyGILState_Ensure();
    reach(1);
    wait_for(2);
    PyGILState_Release(state);
    return unused;
}

/* The calls of PyGILState_Ensure as they were before the first fix: the GIL first, then the thread state. */
static void *make_the_gil_first(void *interpreter)
{
    wait_for(1);
    begin();
    PyEval_InitThreads();
    PyThreadState *state = PyThreadState_New(interpreter);
    PyEval_RestoreThread(state);
    PyThreadState_Clear(state);
    PyThreadState_DeleteCurrent();
    return NULL;
}

/* --- what main does */

static pthread_t start(void *(*work)(void *), void *argument)
{
    pthread_t thread;
    if (pthread_create(&thread, NULL, work, argument) != 0) _exit(4);
    return thread;
}

static void before(void)
{
    int at_once = 0;
    pthread_t thread = start(ensure_and_release, &at_once);
    wait_for(3);
    PyThreadState *saved = PyEval_SaveThread();
    pthread_join(thread, NULL);
    PyEval_RestoreThread(saved);
}

static void inside(void)
{
    PyThreadState *mine = PyThreadState_Get();
    pthread_t thread = start(stay_inside, NULL);
    wait_for(1);
    PyThreadState *saved = PyEval_SaveThread();
    assert_same(saved, mine);
    reach(2);
    pthread_join(thread, NULL);
    PyEval_RestoreThread(saved);
}

static void after(void)
{
    int let_go = 1;
    PyThreadState *mine = PyThreadState_Get();
    pthread_t thread = start(ensure_and_release, &let_go);
    PyThreadState *saved = PyEval_SaveThread();
    assert_same(saved, mine);
    reach(1);
    pthread_join(thread, NULL);
    PyEval_RestoreThread(saved);
    assert_same(PyThreadState_Get(), mine);
}

static void after_old_calls(void)
{
    pthread_t thread = start(make_the_gil_first, PyThreadState_Get()->interp);
    PyThreadState *saved = PyEval_SaveThread();
    reach(1);
    pthread_join(thread, NULL);
    PyEval_RestoreThread(saved);
}

int main(int count, char **arguments)
{
    static const struct { const char *name; void (*run)(void); } orders[] = {
        {"before", before}, {"inside", inside}, {"after", after}, {"after_old_calls", after_old_calls}};
    for (size_t i = 0; count == 2 && i < sizeof orders / sizeof orders[0]; ++i) {
        if (strcmp(arguments[1], orders[i].name) != 0) continue;
        Py_NoSiteFlag = 1;
        Py_Initialize();
        orders[i].run();
        _exit(0);
    }
    fputs("bpo20891 before|inside|after|after_old_calls\n", stderr);
    return 2;
}
