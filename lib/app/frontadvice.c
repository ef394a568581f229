#include "app/frontadvice.h"

#include <string.h>
#include <strings.h>

static const char *const names[SERVER_OTHER] = {
	[SERVER_APACHE] = "Apache",
	[SERVER_NGINX] = "nginx",
	[SERVER_LIGHTTPD] = "lighttpd",
	[SERVER_CADDY] = "Caddy",
	[SERVER_H2O] = "h2o",
};

/* '%' stands for the argument, '|' for the last segment of a path. */
static const struct {
	enum front_topic topic;
	enum front_server server;
	const char *lines;
} advice[] = {
	{ TOPIC_METHODS, SERVER_APACHE,
	    "AllowMethods reset\n"
	    "# and no <Limit> or <LimitExcept> around it" },
	{ TOPIC_METHODS, SERVER_NGINX, "# no limit_except in this location" },
	{ TOPIC_METHODS, SERVER_LIGHTTPD,
	    "# no condition on "
	    "$HTTP[\"request-method\"] for this path" },
	{ TOPIC_METHODS, SERVER_CADDY,
	    "# no matcher \"method\" for this path" },
	{ TOPIC_FIELDS, SERVER_APACHE, "# no RequestHeader for this field" },
	{ TOPIC_FIELDS, SERVER_NGINX,
	    "fastcgi_pass_request_headers on;\n"
	    "fastcgi_cache off;" },
	{ TOPIC_FIELDS, SERVER_CADDY, "# no header_up for this field" },
	{ TOPIC_ANSWERED, SERVER_APACHE,
	    "CacheDisable on\nSetEnv no-gzip 1\n"
	    "SetEnv no-brotli 1" },
	{ TOPIC_ANSWERED, SERVER_NGINX, "fastcgi_cache off;" },
	{ TOPIC_ANSWERED, SERVER_LIGHTTPD,
	    "deflate.mimetypes = ()\n"
	    "server.range-requests = \"disable\"" },
	{ TOPIC_ERRORS, SERVER_APACHE, "ProxyErrorOverride Off" },
	{ TOPIC_ERRORS, SERVER_NGINX, "fastcgi_intercept_errors off;" },
	{ TOPIC_ERRORS, SERVER_LIGHTTPD,
	    "server.error-intercept = \"disable\"" },
	{ TOPIC_ERRORS, SERVER_CADDY, "# no handle_response in reverse_proxy" },
	{ TOPIC_ERRORS, SERVER_H2O, "# no error-doc for this path" },
	{ TOPIC_TAGS, SERVER_APACHE,
	    "SetEnv no-gzip 1\nSetEnv no-brotli 1\n"
	    "# or: DeflateAlterETag NoChange" },
	{ TOPIC_TAGS, SERVER_NGINX, "gzip off;" },
	{ TOPIC_TAGS, SERVER_LIGHTTPD, "deflate.mimetypes = ()" },
	{ TOPIC_TAGS, SERVER_CADDY,
	    "@compress not path % %/*\n"
	    "encode @compress gzip" },
	{ TOPIC_TAGS, SERVER_H2O, "compress: OFF" },
	{ TOPIC_AUTHORIZATION, SERVER_APACHE, "CGIPassAuth On" },
	{ TOPIC_AUTHORIZATION, SERVER_NGINX,
	    "fastcgi_param HTTP_AUTHORIZATION $http_authorization;" },
	{ TOPIC_USER, SERVER_NGINX,
	    "fastcgi_param REMOTE_USER \"\";\n"
	    "# that before: include fastcgi_params;" },
	{ TOPIC_USER, SERVER_APACHE, "# no SetEnvIf that makes REMOTE_USER" },
	{ TOPIC_SLASH, SERVER_APACHE, "AllowEncodedSlashes NoDecode" },
	{ TOPIC_HOST, SERVER_APACHE, "ProxyPreserveHost On" },
	{ TOPIC_HOST, SERVER_NGINX,
	    "fastcgi_param HTTP_HOST $http_host;\n"
	    "# or in a proxy: proxy_set_header Host $http_host;" },
	{ TOPIC_HOST, SERVER_CADDY, "header_up Host {host}" },
	{ TOPIC_HOST, SERVER_H2O, "proxy.preserve-host: ON" },
	{ TOPIC_BODY, SERVER_APACHE,
	    "FcgidMaxRequestLen %\nLimitRequestBody %" },
	{ TOPIC_BODY, SERVER_NGINX, "client_max_body_size %;" },
	{ TOPIC_BODY, SERVER_LIGHTTPD, "server.max-request-size = 0" },
	{ TOPIC_BODY, SERVER_CADDY, "request_body {\n\tmax_size %\n}" },
	{ TOPIC_BODY, SERVER_H2O, "limit-request-body: %" },
	{ TOPIC_FILE, SERVER_APACHE,
	    "<Files \"|\">\n\tRequire all denied\n"
	    "</Files>" },
	{ TOPIC_FILE, SERVER_NGINX, "location = % { deny all; }" },
	{ TOPIC_FILE, SERVER_LIGHTTPD,
	    "$HTTP[\"url\"] == \"%\" {\n"
	    "\turl.access-deny = ( \"\" )\n}" },
	{ TOPIC_FILE, SERVER_CADDY, "respond % 404" },
	{ TOPIC_FILE, SERVER_H2O,
	    "\"%\":\n  mruby.handler: "
	    "'Proc.new { [404, {}, []] }'" },
	{ TOPIC_REPEAT, SERVER_NGINX, "fastcgi_next_upstream off;" },
};

enum front_server
frontadvice_server(const char *software)
{
	enum front_server server = 0;

	while (server < SERVER_OTHER &&
	       (!software || strncasecmp(software, names[server],
				 strlen(names[server])) != 0))
		server++;
	return server;
}

const char *
frontadvice_lines(struct mem *mem, enum front_topic topic,
    enum front_server server, const char *arg)
{
	struct text *text = mem_text_open(mem);
	const char *from = NULL;
	const char *last = arg ? strrchr(arg, '/') : NULL;

	for (size_t i = 0; i < sizeof advice / sizeof *advice; i++)
		if (advice[i].topic == topic && advice[i].server == server)
			from = advice[i].lines;
	if (!from)
		return NULL;
	for (; *from; from++)
		if (*from == '%')
			fputs(arg ? arg : "", text->out);
		else if (*from == '|')
			fputs(last ? last + 1 : "", text->out);
		else
			putc(*from, text->out);
	return mem_text(text);
}
