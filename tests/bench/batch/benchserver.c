/* SPDX-FileCopyrightText: The YoID Console authors
 * SPDX-License-Identifier: Apache-2.0
 *
 * benchserver PORT DELAY_MS: answers the calls of a batch in the contract's shape as fast as one processor can, each after the same
 * delay, so that what is measured is the client. HTTP/1.1 with keep-alive, on the loopback only. Prints the port it listens on; 0
 * takes a free one. GET /count tells how many of each call were answered and starts to count anew. It judges nothing: no token is
 * checked, and no body is read further than its end.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

enum { ROOM = 64 * 1024, ANSWER = 2048, CONNECTIONS = 1024 };

enum call { TOKEN, ACCOUNT, OFFER, DELIVERY, LOOK, COUNT, OTHER, CALLS };

struct connection {
    int fd;
    size_t used;
    uint64_t generation; /* a later one that got the same number is somebody else */
    char in[ROOM];
};

/* Answers that wait for their moment. The delay is the same for all, so they are due in the order they came. */
struct waiting {
    int64_t due;
    int fd;
    uint64_t generation;
    size_t size;
    char text[ANSWER];
};

static struct connection *connections[CONNECTIONS];
static struct waiting *queue;
static size_t queueHead, queueSize, queueRoom;
static int64_t delayNs;
static int timer;
static int poller;
static uint64_t generations;
static uint64_t serial;
static uint64_t counts[CALLS];

static int64_t nowNs(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static void die(const char *what)
{
    perror(what);
    exit(1);
}

static void hangUp(struct connection *one)
{
    connections[one->fd] = NULL;
    close(one->fd);
    free(one);
}

/* The answers are far smaller than a socket's buffer; one that does not fit means that nobody reads. */
static void put(struct connection *one, const char *text, size_t size)
{
    if (send(one->fd, text, size, MSG_NOSIGNAL) != (ssize_t)size)
        hangUp(one);
}

static void arm(int64_t due)
{
    struct itimerspec at = { .it_value = { .tv_sec = due / 1000000000, .tv_nsec = due % 1000000000 } };
    timerfd_settime(timer, TFD_TIMER_ABSTIME, &at, NULL);
}

static void answerLater(struct connection *one, const char *text, size_t size)
{
    if (queueSize == queueRoom) {
        const size_t room = queueRoom ? queueRoom * 2 : 64;
        struct waiting *larger = malloc(room * sizeof *larger);
        if (!larger)
            die("malloc");
        for (size_t at = 0; at < queueSize; ++at)
            larger[at] = queue[(queueHead + at) % queueRoom];
        free(queue);
        queue = larger;
        queueRoom = room;
        queueHead = 0;
    }
    struct waiting *last = &queue[(queueHead + queueSize++) % queueRoom];
    last->due = nowNs() + delayNs;
    last->fd = one->fd;
    last->generation = one->generation;
    last->size = size;
    memcpy(last->text, text, size);
    if (queueSize == 1)
        arm(last->due);
}

static void tellDue(void)
{
    uint64_t rings;
    if (read(timer, &rings, sizeof rings) < 0 && errno != EAGAIN)
        die("timer");
    while (queueSize) {
        struct waiting *first = &queue[queueHead];
        if (first->due > nowNs()) {
            arm(first->due);
            return;
        }
        struct connection *const one = connections[first->fd];
        if (one && one->generation == first->generation)
            put(one, first->text, first->size);
        queueHead = (queueHead + 1) % queueRoom;
        --queueSize;
    }
}

static enum call callOf(const char *head)
{
    if (!strncmp(head, "POST /token ", 12))
        return TOKEN;
    if (!strncmp(head, "POST /onboarding/users ", 23))
        return ACCOUNT;
    if (!strncmp(head, "POST /creds/credentials/issuance ", 33))
        return OFFER;
    if (!strncmp(head, "POST /wallet/orgs/credentials ", 30))
        return DELIVERY;
    if (!strncmp(head, "GET /creds/credentials/", 23))
        return LOOK;
    if (!strncmp(head, "GET /count ", 11))
        return COUNT;
    return OTHER;
}

static int issuance(char *into, size_t room, const char *id, const char *inner)
{
    return snprintf(into, room,
                    "{\"data\":{\"id\":\"%s\",\"status\":\"offered\",\"error\":null,\"credentials\":[{\"id\":\"%s\",\"status\":\"offered\","
                    "\"credentialTemplateId\":\"cm8f2k0qv000108l4h3y7a1bc\",\"exchange\":\"openid4vc\",\"format\":\"sd-jwt-vc\","
                    "\"revocable\":true}],\"offerUri\":\"https://wallet.example.org/invitation?credential_offer_uri="
                    "https%%3A%%2F%%2Fwallet.example.org%%2Foffers%%2F%s%%3Fraw%%3Dtrue\",\"offerQrUri\":"
                    "\"https://wallet.example.org/invitation?credential_offer_uri="
                    "https%%3A%%2F%%2Fwallet.example.org%%2Foffers%%2F%s%%3Fraw%%3Dtrue&qr=true\","
                    "\"createdAt\":\"2026-11-20T08:20:01.004Z\",\"updatedAt\":\"2026-11-20T08:20:01.004Z\"}}",
                    id, inner, id, id);
}

static void answer(struct connection *one, const char *head)
{
    const enum call call = callOf(head);
    ++counts[call];
    ++serial;
    char id[32], inner[32], body[ANSWER - 256];
    snprintf(id, sizeof id, "cmb%08" PRIx64 "%010" PRIu64, (uint64_t)getpid(), serial);
    snprintf(inner, sizeof inner, "cmc%08" PRIx64 "%010" PRIu64, (uint64_t)getpid(), serial);
    const char *status = "200 OK";
    int length = 0;
    switch (call) {
    case TOKEN:
        length = snprintf(body, sizeof body, "{\"access_token\":\"bench.%s\",\"expires_in\":3600,\"token_type\":\"Bearer\"}", id);
        break;
    case ACCOUNT:
        status = "201 Created";
        length = snprintf(body, sizeof body,
                          "{\"data\":{\"email\":\"\",\"username\":\"u%s\",\"tempPassword\":\"q7!%s\"},\"links\":{},\"meta\":{}}", id, id);
        break;
    case OFFER:
        length = issuance(body, sizeof body, id, inner);
        break;
    case DELIVERY:
        status = "201 Created";
        break;
    case LOOK: {
        char asked[32] = "";
        sscanf(head, "GET /creds/credentials/%31[A-Za-z0-9]", asked);
        length = issuance(body, sizeof body, asked, asked);
        break;
    }
    case COUNT:
        length = snprintf(body, sizeof body,
                          "{\"token\":%" PRIu64 ",\"account\":%" PRIu64 ",\"offer\":%" PRIu64 ",\"delivery\":%" PRIu64 ",\"look\":%" PRIu64
                          ",\"other\":%" PRIu64 "}",
                          counts[TOKEN], counts[ACCOUNT], counts[OFFER], counts[DELIVERY], counts[LOOK], counts[OTHER]);
        memset(counts, 0, sizeof counts);
        break;
    case OTHER:
    case CALLS:
        status = "404 Not Found";
        length = snprintf(body, sizeof body, "{\"errors\":[{\"status\":\"404\",\"title\":\"Not Found\"}]}");
        break;
    }
    char text[ANSWER];
    const int size = snprintf(text, sizeof text, "HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%.*s",
                              status, length, length, body);
    if (delayNs && call != TOKEN && call != COUNT)
        answerLater(one, text, (size_t)size);
    else
        put(one, text, (size_t)size);
}

/* How long the request at the beginning is, once it is whole; 0 before. */
static size_t wholeRequest(char *in, size_t used)
{
    char *const end = memmem(in, used, "\r\n\r\n", 4);
    if (!end)
        return 0;
    size_t size = (size_t)(end - in) + 4;
    *end = '\0';
    for (char *line = strstr(in, "\r\n"); line; line = strstr(line + 2, "\r\n")) {
        if (!strncasecmp(line + 2, "content-length:", 15))
            size += strtoul(line + 17, NULL, 10);
    }
    *end = '\r';
    return size <= used ? size : 0;
}

static void takeIn(struct connection *one)
{
    const ssize_t got = recv(one->fd, one->in + one->used, ROOM - one->used, 0);
    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (got <= 0) {
        hangUp(one);
        return;
    }
    one->used += (size_t)got;
    const int fd = one->fd;
    const uint64_t generation = one->generation;
    for (size_t size = wholeRequest(one->in, one->used); size; size = wholeRequest(one->in, one->used)) {
        answer(one, one->in);
        if (connections[fd] != one || one->generation != generation)
            return; /* hung up */
        memmove(one->in, one->in + size, one->used - size);
        one->used -= size;
    }
    if (one->used == ROOM)
        hangUp(one);
}

static void welcome(int door)
{
    const int fd = accept4(door, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd < 0)
        return;
    if (fd >= CONNECTIONS || !(connections[fd] = malloc(sizeof *connections[fd]))) {
        close(fd);
        return;
    }
    connections[fd]->fd = fd;
    connections[fd]->used = 0;
    connections[fd]->generation = ++generations;
    const int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    struct epoll_event event = { .events = EPOLLIN, .data.fd = fd };
    epoll_ctl(poller, EPOLL_CTL_ADD, fd, &event);
}

int main(int argc, char *argv[])
{
    if (argc != 3) {
        fprintf(stderr, "benchserver PORT DELAY_MS\n");
        return 2;
    }
    delayNs = strtoll(argv[2], NULL, 10) * 1000000;
    signal(SIGPIPE, SIG_IGN);

    const int door = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    const int on = 1;
    setsockopt(door, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(argv[1])), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t length = sizeof address;
    if (door < 0 || bind(door, (struct sockaddr *)&address, length) || listen(door, 256)
        || getsockname(door, (struct sockaddr *)&address, &length))
        die("listen");
    poller = epoll_create1(EPOLL_CLOEXEC);
    timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    for (int number = 0; number < 2; ++number) {
        struct epoll_event event = { .events = EPOLLIN, .data.fd = number ? timer : door };
        epoll_ctl(poller, EPOLL_CTL_ADD, event.data.fd, &event);
    }
    printf("%d\n", ntohs(address.sin_port));
    fflush(stdout);

    for (;;) {
        struct epoll_event events[64];
        const int count = epoll_wait(poller, events, 64, -1);
        if (count < 0 && errno != EINTR)
            die("epoll_wait");
        for (int at = 0; at < count; ++at) {
            const int fd = events[at].data.fd;
            if (fd == door)
                welcome(door);
            else if (fd == timer)
                tellDue();
            else if (connections[fd])
                takeIn(connections[fd]);
        }
    }
}
