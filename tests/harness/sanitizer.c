/*
 * sanitizer: where the sanitizers write, however the program was started; web
 * servers clear the environment. Linked into the program by "make check-asan".
 */
const char *__asan_default_options(void);
const char *__ubsan_default_options(void);

const char *
__asan_default_options(void)
{
	return "log_path=" REPORTS ":abort_on_error=0:exitcode=99"
	       ":detect_stack_use_after_return=1";
}

const char *
__ubsan_default_options(void)
{
	return "log_path=" REPORTS ":print_stacktrace=1";
}
