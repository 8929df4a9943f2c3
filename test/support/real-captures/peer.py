"""One end of TCP conversations on the kernel's own TCP. Does the steps of its command line, one after another, and ends.

  set=rcvbuf,N  set=sndbuf,N  set=nodelay  set=linger0  set=keepalive,S  set=nothing    for the sockets made from now on
  bind=HOST,PORT           the local end of the next connect
  listen=HOST,PORT         prints "listening"
  accept                   prints "accepted"
  connect=HOST,PORT        a failure is printed, and the steps go on
  fastopen=HOST,PORT,N     connects with N octets in the SYN
  send=N  urgent=N         writes N octets
  fill=MS                  writes what the other end takes, for so long
  read=N                   reads N octets
  drain                    reads to the end
  trickle=N,MS             reads to the end, N octets at a time with pauses
  both=N                   writes N octets and reads to the end at once
  serve=COUNT,N            accepts COUNT connections, one after another: reads to the end, answers N octets, closes
  visit=HOST,PORT,COUNT,N  connects COUNT times: writes N octets, ends, reads to the end
  shut  close  wait=MS
  say=WORD  hear           prints a word; waits for a line (or the end) on standard input
"""
import select
import socket
import struct
import sys
import time

TEXT = bytes(range(32, 96)) * 1024
options = []
local = None
listener = None
stream = None


def say(word):
    print(word, flush=True)


def make(host, kind=socket.SOCK_STREAM):
    made = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, kind)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    for name, value in options:
        if name == "rcvbuf":
            made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, value)
        elif name == "sndbuf":
            made.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, value)
        elif name == "nodelay":
            made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        elif name == "linger0":
            made.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        elif name == "keepalive":
            made.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            made.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, value)
            made.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, value)
    return made


def set_option(name, value=0):
    if name == "nothing":
        options.clear()
    else:
        options.append((name, int(value)))


def bind(host, port):
    global local
    local = (host, int(port))


def listen(host, port):
    global listener
    listener = make(host)
    if socket.has_ipv6 and hasattr(socket, "TCP_FASTOPEN"):
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_FASTOPEN, 16)
    listener.bind((host, int(port)))
    listener.listen(64)
    say("listening")


def accept():
    global stream
    stream = listener.accept()[0]
    say("accepted")


def connect(host, port):
    global stream
    stream = make(host)
    if local is not None:
        stream.bind(local)
    stream.connect((host, int(port)))
    say("connected")


def fastopen(host, port, count):
    global stream
    stream = make(host)
    stream.sendto(TEXT[:int(count)], socket.MSG_FASTOPEN, (host, int(port)))


def send(count):
    left = int(count)
    while left > 0:
        left -= stream.send(TEXT[:min(left, len(TEXT))])


def urgent(count):
    stream.send(TEXT[:int(count)], socket.MSG_OOB)


def fill(ms):
    end = time.monotonic() + int(ms) / 1000
    stream.setblocking(False)
    while time.monotonic() < end:
        if select.select([], [stream], [], 0.05)[1]:
            try:
                stream.send(TEXT)
            except BlockingIOError:
                pass
    stream.setblocking(True)


def read(count):
    left = int(count)
    while left > 0:
        left -= len(stream.recv(left)) or left


def drain():
    while stream.recv(65536):
        pass


def trickle(count, ms):
    while stream.recv(int(count)):
        time.sleep(int(ms) / 1000)


def both(count):
    left = int(count)
    stream.setblocking(False)
    reading = True
    while left > 0 or reading:
        readable, writable, _ = select.select([stream] if reading else [], [stream] if left > 0 else [], [])
        if readable:
            reading = len(stream.recv(65536)) > 0
        if writable:
            left -= stream.send(TEXT[:min(left, len(TEXT))])
            if left == 0:
                stream.shutdown(socket.SHUT_WR)
    stream.setblocking(True)


def serve(count, answer):
    for _ in range(int(count)):
        accept()
        try:
            drain()
            send(answer)
        except OSError as error:
            say(error.strerror)
        stream.close()


def visit(host, port, count, octets):
    for _ in range(int(count)):
        connect(host, port)
        send(octets)
        stream.shutdown(socket.SHUT_WR)
        drain()
        stream.close()


def hear():
    sys.stdin.readline()


STEPS = {
    "set": set_option, "bind": bind, "listen": listen, "accept": accept, "connect": connect, "fastopen": fastopen, "send": send, "urgent": urgent,
    "fill": fill, "read": read, "drain": drain, "trickle": trickle, "both": both, "serve": serve, "visit": visit,
    "shut": lambda: stream.shutdown(socket.SHUT_WR), "close": lambda: stream.close(), "wait": lambda ms: time.sleep(int(ms) / 1000),
    "say": say, "hear": hear,
}

for step in sys.argv[1:]:
    verb, _, rest = step.partition("=")
    try:
        STEPS[verb](*(rest.split(",") if rest else []))
    except OSError as error:
        say(f"{verb}: {error.strerror}")
say("done")
