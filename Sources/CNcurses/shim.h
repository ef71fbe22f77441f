#pragma once
#define NCURSES_WIDECHAR 1
#ifndef _XOPEN_SOURCE_EXTENDED
#define _XOPEN_SOURCE_EXTENDED 1
#endif
#include <langinfo.h>
#include <locale.h>
#include <ncurses.h>
#include <signal.h>
#include <string.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>

/// Globals and macros have no Swift face.
static inline SCREEN *hearth_newterm(void) { return newterm(0, stdout, stdin); }
static inline WINDOW *hearth_screen(void) { return stdscr; }
/// Whether the terminal's cursor can be put where one likes.
static inline int hearth_can_place(void) {
    const char *text = tigetstr((char *)"cup");
    return text && text != (char *)-1;
}
/// How many colours there are is known only after `start_color`.
static inline int hearth_colors(void) { return has_colors() && start_color() == OK ? COLORS : 0; }
static inline int hearth_is_utf8(void) { return strcmp(nl_langinfo(CODESET), "UTF-8") == 0; }
static inline attr_t hearth_bold(void) { return A_BOLD; }
static inline attr_t hearth_underline(void) { return A_UNDERLINE; }
static inline attr_t hearth_reverse(void) { return A_REVERSE; }
static inline attr_t hearth_line_signs(void) { return A_ALTCHARSET; }
static inline int hearth_has_line_signs(void) {
    const char *signs = tigetstr("acsc");
    return signs && signs != (char *)-1 && *signs;
}
static inline attr_t hearth_dim(void) { return A_DIM; }
static inline void hearth_mouse(int on) {
    mousemask(on ? BUTTON1_PRESSED | BUTTON1_CLICKED | BUTTON4_PRESSED | BUTTON5_PRESSED : 0, 0);
}

/// 1 press, 2 wheel up, 3 wheel down, 0 anything else.
static inline int hearth_mouse_event(int *x, int *y) {
    MEVENT event;
    if (getmouse(&event) != OK) return 0;
    *x = event.x; *y = event.y;
    if (event.bstate & BUTTON4_PRESSED) return 2;
    if (event.bstate & BUTTON5_PRESSED) return 3;
    return event.bstate & (BUTTON1_PRESSED | BUTTON1_CLICKED) ? 1 : 0;
}

/// One grapheme in one cell or two; what no single cell can hold is written as a string.
static inline void hearth_put(int y, int x, const wchar_t *text, attr_t attributes, short pair) {
    cchar_t cell;
    if (setcchar(&cell, text, attributes, pair, 0) == OK) { mvadd_wch(y, x, &cell); return; }
    attr_set(attributes, pair, 0);
    mvaddwstr(y, x, text);
    attr_set(A_NORMAL, 0, 0);
}

/// A program that dies gives the terminal back as it was: the strings and modes are kept for the signal handler.
struct hearth_terminal_before { struct termios modes; char farewell[256]; };
static inline struct hearth_terminal_before *hearth_before(void) {
    static struct hearth_terminal_before before;
    return &before;
}
static inline void hearth_give_back(int number) {
    ssize_t ignored = write(1, hearth_before()->farewell, strlen(hearth_before()->farewell));
    (void)ignored;
    tcsetattr(0, TCSANOW, &hearth_before()->modes);
    signal(number, SIG_DFL);
    raise(number);
}
static inline void hearth_remember_modes(void) { tcgetattr(0, &hearth_before()->modes); }
static inline void hearth_guard_crashes(void) {
    static const char *const names[] = {"sgr0", "rmkx", "cnorm", "rmcup"};
    static const int numbers[] = {SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGABRT, SIGFPE};
    char *farewell = hearth_before()->farewell;
    const size_t room = sizeof hearth_before()->farewell;
    farewell[0] = 0;
    for (int i = 0; i < 4; i++) {
        const char *text = tigetstr((char *)names[i]);
        if (text && text != (char *)-1 && strlen(farewell) + strlen(text) + 24 < room) strcat(farewell, text);
    }
    strcat(farewell, "\033[?1000l\033[?1006l");
    for (int i = 0; i < 6; i++) signal(numbers[i], hearth_give_back);
}
