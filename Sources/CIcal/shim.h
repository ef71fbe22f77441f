#pragma once
#include <dlfcn.h>
#include <libical/ical.h>

/// libical brings ICU and the C++ library with it, three megabytes for what many houses never have. So it is not linked but
/// opened when the first recurrence is expanded; these are its functions then.
struct hearth_ical {
    __typeof__(icalrecurrencetype_from_string) *rule;
    __typeof__(icalrecurrencetype_clear) *clear;
    __typeof__(icalrecur_iterator_new) *iterator;
    __typeof__(icalrecur_iterator_set_start) *set_start;
    __typeof__(icalrecur_iterator_next) *next;
    __typeof__(icalrecur_iterator_free) *free;
    __typeof__(icalrecurrencetype_day_position) *day_position;
    __typeof__(icaltime_is_utc) *is_utc;
};

/// The name carries the version whose headers these are. Answers why it cannot be opened, or nothing.
static inline const char *hearth_ical_open(struct hearth_ical *ical) {
    void *library = dlopen("libical.so.3", RTLD_NOW | RTLD_LOCAL);
    if (!library) return dlerror();
#define HEARTH_FIND(field, name) if (!(*(void **)&ical->field = dlsym(library, #name))) return dlerror();
    HEARTH_FIND(rule, icalrecurrencetype_from_string)
    HEARTH_FIND(clear, icalrecurrencetype_clear)
    HEARTH_FIND(iterator, icalrecur_iterator_new)
    HEARTH_FIND(set_start, icalrecur_iterator_set_start)
    HEARTH_FIND(next, icalrecur_iterator_next)
    HEARTH_FIND(free, icalrecur_iterator_free)
    HEARTH_FIND(day_position, icalrecurrencetype_day_position)
    HEARTH_FIND(is_utc, icaltime_is_utc)
#undef HEARTH_FIND
    return 0;
}
