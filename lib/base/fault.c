#include "base/fault.h"

enum outcome
fault_set(struct fault *fault, enum outcome outcome, const char *part,
    enum word message, const char *arg1, const char *arg2)
{
	*fault = (struct fault){
		.outcome = outcome,
		.message = message,
		.args = { arg1, arg2 },
		.part = part,
	};
	return outcome;
}
