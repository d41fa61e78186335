/* SPDX-FileCopyrightText: The YoID Console authors
 * SPDX-License-Identifier: Apache-2.0 */

/* Preloaded into the runner: makes it die, or a call fail, at the n-th point where something leaves or reaches it. Points are the
 * calls on files under CRASH_DIR whose name contains "journal", and on TCP sockets.
 *
 *   CRASH_MODE   kill    SIGKILL before point CRASH_AT
 *                torn    as kill, but half of what was to be written is written
 *                after   SIGKILL after the call, before the program hears of it
 *                errno   the point fails with CRASH_ERRNO (CRASH_STICKY=1: all later ones too)
 *                power   as kill, and what was written without a sync is lost: CRASH_LOSE=all, half (by call), sectors (of 512)
 *   CRASH_AT     number of the point, from 1; 0: only count
 *   CRASH_KIND   count only these: open (for errno alone), write, sync, send, receive
 *   CRASH_SEED   for torn, half and sectors
 *   CRASH_NOTE   a file that is told what happened: "fired KIND NAME TIME" and, at a proper end, "points N KINDS" */

#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#define EXPORT __attribute__((visibility("default")))
enum { MAX_FD = 4096, MAX_FILES = 256 };
enum Mode { OFF, KILL, TORN, AFTER, ERRNO, POWER };
enum What { NOTHING, FILE_OF_OURS, FOLDER, SOCKET };
enum Lose { LOSE_ALL, LOSE_HALF, LOSE_SECTORS };

/* One change of a file that no sync has made safe yet. */
struct Change {
    struct Change *before;
    int is_truncate;
    off_t at, old_size, new_size;
    char *old_bytes, *new_bytes;
    size_t old_length, new_length;
};

struct File {
    char path[PATH_MAX];
    int created; /* and the folder not synced since */
    struct Change *last;
};

static enum Mode mode;
static enum Lose lose;
static long fire_at;
static int error_number, sticky;
static char only_kind[16], folder[PATH_MAX], note_path[PATH_MAX];
static unsigned long long random_state;
static atomic_long points;
static char kinds[65536]; /* the first letter of each point's kind, when only counting */
static atomic_int fired;
static pthread_mutex_t lock = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
static struct { enum What what; int file; } fds[MAX_FD];
static struct File files[MAX_FILES];
static int file_count;

static unsigned next_random(void)
{
    random_state = random_state * 6364136223846793005ULL + 1442695040888963407ULL;
    return (unsigned)(random_state >> 33);
}

static void copy_env(const char *name, char *to, size_t size)
{
    const char *value = getenv(name);
    snprintf(to, size, "%s", value ? value : "");
}

static void note(const char *text)
{
    if (!*note_path)
        return;
    const int fd = (int)syscall(SYS_openat, AT_FDCWD, note_path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (fd < 0)
        return;
    syscall(SYS_write, fd, text, strlen(text));
    syscall(SYS_close, fd);
}

__attribute__((constructor)) static void begin(void)
{
    char text[64];
    copy_env("CRASH_DIR", folder, sizeof folder);
    copy_env("CRASH_NOTE", note_path, sizeof note_path);
    copy_env("CRASH_KIND", only_kind, sizeof only_kind);
    copy_env("CRASH_AT", text, sizeof text);
    fire_at = atol(text);
    copy_env("CRASH_ERRNO", text, sizeof text);
    error_number = atoi(text);
    copy_env("CRASH_STICKY", text, sizeof text);
    sticky = atoi(text);
    copy_env("CRASH_SEED", text, sizeof text);
    random_state = strtoull(text, NULL, 10) * 2654435761ULL + 12345;
    copy_env("CRASH_LOSE", text, sizeof text);
    lose = !strcmp(text, "half") ? LOSE_HALF : !strcmp(text, "sectors") ? LOSE_SECTORS : LOSE_ALL;
    copy_env("CRASH_MODE", text, sizeof text);
    mode = !strcmp(text, "kill") ? KILL : !strcmp(text, "torn") ? TORN : !strcmp(text, "after") ? AFTER
         : !strcmp(text, "errno") ? ERRNO : !strcmp(text, "power") ? POWER : OFF;
    if (!*folder)
        mode = OFF;
}

__attribute__((destructor)) static void end(void)
{
    char text[64];
    if (mode == OFF)
        return;
    snprintf(text, sizeof text, "points %ld ", atomic_load(&points));
    note(text);
    note(kinds);
    note("\n");
}

/* ---- what is known about descriptors and files -------------------------------------------------------------------- */

static enum What what_of(int fd)
{
    return fd >= 0 && fd < MAX_FD ? fds[fd].what : NOTHING;
}

static int is_ours(const char *path)
{
    const size_t length = strlen(folder);
    if (strncmp(path, folder, length) != 0 || path[length] != '/')
        return 0;
    const char *name = strrchr(path, '/');
    return strstr(name, "journal") != NULL || strstr(path + length, "/backup") != NULL;
}

static int file_of(const char *path)
{
    for (int i = 0; i < file_count; ++i) {
        if (!strcmp(files[i].path, path))
            return i;
    }
    if (file_count == MAX_FILES)
        return -1;
    snprintf(files[file_count].path, sizeof files[0].path, "%s", path);
    return file_count++;
}

static void forget_changes(struct File *file)
{
    while (file->last) {
        struct Change *change = file->last;
        file->last = change->before;
        free(change->old_bytes);
        free(change->new_bytes);
        free(change);
    }
}

static void opened(int fd, const char *path, int is_new)
{
    struct stat info;
    if (fd < 0 || fd >= MAX_FD)
        return;
    pthread_mutex_lock(&lock);
    fds[fd].what = NOTHING;
    if (is_ours(path) && fstat(fd, &info) == 0 && S_ISREG(info.st_mode)) {
        const int file = file_of(path);
        if (file >= 0) {
            fds[fd].what = FILE_OF_OURS;
            fds[fd].file = file;
            if (is_new)
                files[file].created = 1;
        }
    } else if (!strncmp(path, folder, strlen(folder)) && fstat(fd, &info) == 0 && S_ISDIR(info.st_mode)) {
        fds[fd].what = FOLDER;
    }
    pthread_mutex_unlock(&lock);
}

/* ---- what the power takes with it ---------------------------------------------------------------------------------- */

static off_t size_of(int fd)
{
    struct stat info;
    return fstat(fd, &info) == 0 ? info.st_size : 0;
}

/* A descriptor that can be read, whatever the program's own was opened for. */
static char *bytes_before(const char *path, off_t at, size_t length, size_t *got)
{
    char *bytes = malloc(length + 1);
    *got = 0;
    const int fd = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC);
    if (fd >= 0) {
        const ssize_t count = syscall(SYS_pread64, fd, bytes, length, at);
        *got = count > 0 ? (size_t)count : 0;
        syscall(SYS_close, fd);
    }
    return bytes;
}

static void remember(int fd, int is_truncate, off_t at, const void *bytes, size_t length)
{
    struct File *file = &files[fds[fd].file];
    struct Change *change = calloc(1, sizeof *change);
    change->is_truncate = is_truncate;
    change->at = at;
    change->old_size = size_of(fd);
    if (is_truncate) {
        change->new_size = at;
        if (change->old_size > at)
            change->old_bytes = bytes_before(file->path, at, (size_t)(change->old_size - at), &change->old_length);
    } else {
        change->old_bytes = bytes_before(file->path, at, length, &change->old_length);
        change->new_bytes = malloc(length + 1);
        memcpy(change->new_bytes, bytes, length);
        change->new_length = length;
    }
    change->before = file->last;
    file->last = change;
}

static void write_all(int fd, const char *bytes, size_t length, off_t at)
{
    if (length > 0)
        syscall(SYS_pwrite64, fd, bytes, length, at);
}

static void redo(int fd, const struct Change *change)
{
    if (change->is_truncate) {
        if (next_random() & 1)
            syscall(SYS_ftruncate, fd, change->new_size);
    } else if (lose == LOSE_HALF) {
        if (next_random() & 1)
            write_all(fd, change->new_bytes, change->new_length, change->at);
    } else {
        for (size_t done = 0; done < change->new_length;) {
            const size_t to_edge = 512 - (size_t)(change->at + (off_t)done) % 512;
            const size_t part = change->new_length - done < to_edge ? change->new_length - done : to_edge;
            if (next_random() & 1)
                write_all(fd, change->new_bytes + done, part, change->at + (off_t)done);
            done += part;
        }
    }
}

static void cut_the_power(void)
{
    for (int i = 0; i < file_count; ++i) {
        struct File *file = &files[i];
        if (file->created && (lose == LOSE_ALL || (next_random() & 1))) {
            syscall(SYS_unlinkat, AT_FDCWD, file->path, 0);
            continue;
        }
        if (!file->last)
            continue;
        const int fd = (int)syscall(SYS_openat, AT_FDCWD, file->path, O_RDWR | O_CLOEXEC);
        if (fd < 0)
            continue;
        struct Change *oldest_first = NULL;
        while (file->last) {
            struct Change *change = file->last;
            write_all(fd, change->old_bytes, change->old_length, change->at);
            syscall(SYS_ftruncate, fd, change->old_size);
            file->last = change->before;
            change->before = oldest_first;
            oldest_first = change;
        }
        for (; oldest_first && lose != LOSE_ALL; oldest_first = oldest_first->before)
            redo(fd, oldest_first);
        syscall(SYS_close, fd);
    }
}

/* ---- the points ------------------------------------------------------------------------------------------------------ */

static void tell(const char *kind, const char *name)
{
    char text[PATH_MAX + 64];
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    const char *base = name ? strrchr(name, '/') : NULL;
    snprintf(text, sizeof text, "fired %s %s %lld\n", kind, base ? base + 1 : "-",
             (long long)now.tv_sec * 1000000LL + now.tv_nsec / 1000);
    note(text);
}

static void die(const char *kind, const char *name)
{
    if (atomic_exchange(&fired, 1))
        return;
    if (mode == POWER) {
        pthread_mutex_lock(&lock); /* for good: nothing of this program happens after the cut */
        cut_the_power();
    }
    tell(kind, name);
    for (;;) {
        syscall(SYS_kill, getpid(), SIGKILL);
        pause();
    }
}

/* Counts; true when this is the one. */
static int is_it(const char *kind)
{
    if (mode == OFF || (*only_kind && strcmp(kind, only_kind) != 0))
        return 0;
    const long number = atomic_fetch_add(&points, 1) + 1;
    if (fire_at == 0 && number < (long)sizeof kinds)
        kinds[number - 1] = *kind == 's' && kind[1] == 'y' ? 'y' : *kind; /* sync is not send */
    return fire_at > 0 && (number == fire_at || (mode == ERRNO && sticky && number > fire_at));
}

/* Before a call. True: the call is to fail with errno, which is set. */
static int fails(int it, const char *kind, const char *name)
{
    if (!it)
        return 0;
    if (mode == KILL || mode == POWER)
        die(kind, name);
    if (mode != ERRNO)
        return 0;
    if (!atomic_exchange(&fired, 1))
        tell(kind, name);
    errno = error_number;
    return 1;
}

static void after(int it, const char *kind, const char *name)
{
    if (it && (mode == AFTER || mode == TORN))
        die(kind, name);
}

/* Half of it, or a part by chance when there is a seed. */
static size_t torn_length(size_t length)
{
    if (length < 2)
        return 0;
    return 1 + next_random() % (length - 1);
}

static const char *name_of(int fd)
{
    return what_of(fd) == FILE_OF_OURS ? files[fds[fd].file].path : NULL;
}

/* ---- the calls ------------------------------------------------------------------------------------------------------- */

static int do_open(int at, const char *path, int flags, mode_t rights)
{
    const int ours = mode != OFF && is_ours(path);
    const int it = ours && mode == ERRNO && is_it("open"); /* opening changes nothing: no point for killing */
    if (fails(it, "open", path))
        return -1;
    struct stat info;
    const int is_new = ours && (flags & O_CREAT) && lstat(path, &info) != 0;
    const int fd = (int)syscall(SYS_openat, at, path, flags, rights);
    if (mode != OFF && fd >= 0)
        opened(fd, path, is_new);
    return fd;
}

#define OPEN_WITH_RIGHTS(at)                                                                                                          \
    mode_t rights = 0;                                                                                                             \
    if (flags & (O_CREAT | O_TMPFILE)) {                                                                                           \
        va_list list;                                                                                                              \
        va_start(list, flags);                                                                                                     \
        rights = va_arg(list, mode_t);                                                                                             \
        va_end(list);                                                                                                              \
    }                                                                                                                              \
    return do_open(at, path, flags, rights)

EXPORT int open(const char *path, int flags, ...)
{
    OPEN_WITH_RIGHTS(AT_FDCWD);
}

EXPORT int open64(const char *path, int flags, ...)
{
    OPEN_WITH_RIGHTS(AT_FDCWD);
}

EXPORT int openat(int at, const char *path, int flags, ...)
{
    OPEN_WITH_RIGHTS(at);
}

EXPORT int openat64(int at, const char *path, int flags, ...)
{
    OPEN_WITH_RIGHTS(at);
}

EXPORT int close(int fd)
{
    if (fd >= 0 && fd < MAX_FD)
        fds[fd].what = NOTHING;
    return (int)syscall(SYS_close, fd);
}

EXPORT int connect(int fd, const struct sockaddr *address, socklen_t length)
{
    if (fd >= 0 && fd < MAX_FD)
        fds[fd].what = address->sa_family == AF_INET || address->sa_family == AF_INET6 ? SOCKET : NOTHING;
    return (int)syscall(SYS_connect, fd, address, length);
}

static ssize_t write_file(int fd, const void *bytes, size_t length, off_t at, int positional)
{
    const int it = is_it("write");
    const char *const name = name_of(fd);
    pthread_mutex_lock(&lock);
    if (fails(it, "write", name)) {
        pthread_mutex_unlock(&lock);
        return -1;
    }
    if (mode == POWER)
        remember(fd, 0, positional ? at : (off_t)syscall(SYS_lseek, fd, 0, SEEK_CUR), bytes, length);
    const size_t count = it && mode == TORN ? torn_length(length) : length;
    const ssize_t done = positional ? syscall(SYS_pwrite64, fd, bytes, count, at) : syscall(SYS_write, fd, bytes, count);
    after(it, "write", name);
    pthread_mutex_unlock(&lock);
    return done;
}

static ssize_t send_bytes(int fd, const void *bytes, size_t length, int flags)
{
    const int it = is_it("send");
    if (mode == POWER)
        pthread_mutex_lock(&lock);
    if (fails(it, "send", NULL))
        return -1;
    const size_t count = it && mode == TORN ? torn_length(length) : length;
    const ssize_t done = syscall(SYS_sendto, fd, bytes, count, flags | MSG_NOSIGNAL, NULL, 0);
    after(it, "send", NULL);
    if (mode == POWER)
        pthread_mutex_unlock(&lock);
    return done;
}

EXPORT ssize_t write(int fd, const void *bytes, size_t length)
{
    if (what_of(fd) == FILE_OF_OURS)
        return write_file(fd, bytes, length, 0, 0);
    if (what_of(fd) == SOCKET)
        return send_bytes(fd, bytes, length, 0);
    return syscall(SYS_write, fd, bytes, length);
}

EXPORT ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t at)
{
    if (what_of(fd) == FILE_OF_OURS)
        return write_file(fd, bytes, length, at, 1);
    return syscall(SYS_pwrite64, fd, bytes, length, at);
}

EXPORT ssize_t pwrite(int fd, const void *bytes, size_t length, off_t at)
{
    return pwrite64(fd, bytes, length, at);
}

EXPORT ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t at)
{
    if (what_of(fd) != FILE_OF_OURS)
        return syscall(SYS_pwritev, fd, parts, count, at, 0);
    ssize_t all = 0;
    for (int i = 0; i < count; ++i) {
        const ssize_t done = write_file(fd, parts[i].iov_base, parts[i].iov_len, at + all, 1);
        if (done < 0)
            return all ? all : -1;
        all += done;
    }
    return all;
}

EXPORT ssize_t send(int fd, const void *bytes, size_t length, int flags)
{
    if (what_of(fd) == SOCKET)
        return send_bytes(fd, bytes, length, flags);
    return syscall(SYS_sendto, fd, bytes, length, flags, NULL, 0);
}

EXPORT ssize_t sendmsg(int fd, const struct msghdr *message, int flags)
{
    if (what_of(fd) == SOCKET && message->msg_iovlen == 1)
        return send_bytes(fd, message->msg_iov[0].iov_base, message->msg_iov[0].iov_len, flags);
    return syscall(SYS_sendmsg, fd, message, flags);
}

static ssize_t received(int it, ssize_t done)
{
    if (done > 0)
        after(it, "receive", NULL);
    return done;
}

EXPORT ssize_t read(int fd, void *bytes, size_t length)
{
    if (what_of(fd) != SOCKET)
        return syscall(SYS_read, fd, bytes, length);
    const int it = is_it("receive");
    if (fails(it, "receive", NULL))
        return -1;
    return received(it, syscall(SYS_read, fd, bytes, length));
}

EXPORT ssize_t recv(int fd, void *bytes, size_t length, int flags)
{
    if (what_of(fd) != SOCKET || (flags & MSG_PEEK))
        return syscall(SYS_recvfrom, fd, bytes, length, flags, NULL, NULL);
    const int it = is_it("receive");
    if (fails(it, "receive", NULL))
        return -1;
    return received(it, syscall(SYS_recvfrom, fd, bytes, length, flags, NULL, NULL));
}

static int sync_file(int fd, long call)
{
    const enum What what = what_of(fd);
    if (mode == OFF || (what != FILE_OF_OURS && what != FOLDER))
        return (int)syscall(call, fd);
    const int it = is_it("sync");
    const char *const name = what == FOLDER ? "/folder" : name_of(fd);
    pthread_mutex_lock(&lock);
    if (fails(it, "sync", name)) {
        pthread_mutex_unlock(&lock);
        return -1;
    }
    const int result = (int)syscall(call, fd);
    if (result == 0 && what == FILE_OF_OURS)
        forget_changes(&files[fds[fd].file]);
    if (result == 0 && what == FOLDER) {
        for (int i = 0; i < file_count; ++i)
            files[i].created = 0;
    }
    after(it, "sync", name);
    pthread_mutex_unlock(&lock);
    return result;
}

EXPORT int fsync(int fd)
{
    return sync_file(fd, SYS_fsync);
}

EXPORT int fdatasync(int fd)
{
    return sync_file(fd, SYS_fdatasync);
}

EXPORT int ftruncate64(int fd, off64_t length)
{
    if (what_of(fd) != FILE_OF_OURS)
        return (int)syscall(SYS_ftruncate, fd, length);
    const int it = is_it("write");
    const char *const name = name_of(fd);
    pthread_mutex_lock(&lock);
    if (fails(it, "write", name)) {
        pthread_mutex_unlock(&lock);
        return -1;
    }
    if (mode == POWER)
        remember(fd, 1, length, NULL, 0);
    const int result = (int)syscall(SYS_ftruncate, fd, length);
    after(it, "write", name);
    pthread_mutex_unlock(&lock);
    return result;
}

EXPORT int ftruncate(int fd, off_t length)
{
    return ftruncate64(fd, length);
}

/* Names are taken as safe at once: what a file system does with them is journalled. Only a new file must have its folder synced. */
EXPORT int unlink(const char *path)
{
    const int ours = mode != OFF && is_ours(path);
    const int it = ours && is_it("write");
    if (fails(it, "write", path))
        return -1;
    pthread_mutex_lock(&lock);
    if (ours) {
        const int file = file_of(path);
        if (file >= 0) {
            forget_changes(&files[file]);
            files[file].created = 0;
        }
    }
    const int result = (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
    after(it, "write", path);
    pthread_mutex_unlock(&lock);
    return result;
}

EXPORT int rename(const char *from, const char *to)
{
    const int ours = mode != OFF && (is_ours(from) || is_ours(to));
    const int it = ours && is_it("write");
    if (fails(it, "write", to))
        return -1;
    pthread_mutex_lock(&lock);
    if (ours) {
        const int source = file_of(from), target = file_of(to);
        if (source >= 0 && target >= 0) {
            forget_changes(&files[target]);
            files[target].last = files[source].last;
            files[target].created = files[source].created;
            files[source].last = NULL;
            files[source].created = 0;
            for (int fd = 0; fd < MAX_FD; ++fd) {
                if (fds[fd].what == FILE_OF_OURS && fds[fd].file == source)
                    fds[fd].file = target;
            }
        }
    }
    const int result = (int)syscall(SYS_renameat, AT_FDCWD, from, AT_FDCWD, to);
    after(it, "write", to);
    pthread_mutex_unlock(&lock);
    return result;
}
