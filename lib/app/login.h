/*
 * login: BASE/-/login and BASE/-/logout: people say who they are, with a
 * password, the setup code or a one-time link, and that they go.
 */
#ifndef APP_LOGIN_H
#define APP_LOGIN_H

#include "app/call.h"

call_handler login_show, login_enter;
call_handler logout_show, logout_end;

#endif
