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

/* '%' stands for the argument. */
static const char *const lines[TOPIC__MAX][SERVER__MAX] = {
	[TOPIC_METHODS] = {
		[SERVER_APACHE] = "AllowMethods reset\n"
		    "# and no <Limit> or <LimitExcept> around it",
		[SERVER_NGINX] = "# no limit_except in this location",
		[SERVER_LIGHTTPD] = "# no condition on "
		    "$HTTP[\"request-method\"] for this path",
		[SERVER_CADDY] = "# no matcher \"method\" for this path",
	},
	[TOPIC_FIELDS] = {
		[SERVER_APACHE] = "# no RequestHeader for this field",
		[SERVER_NGINX] = "fastcgi_pass_request_headers on;\n"
		    "fastcgi_cache off;",
		[SERVER_CADDY] = "# no header_up for this field",
	},
	[TOPIC_ANSWERED] = {
		[SERVER_APACHE] = "CacheDisable on\nSetEnv no-gzip 1\n"
		    "SetEnv no-brotli 1",
		[SERVER_NGINX] = "fastcgi_cache off;",
		[SERVER_LIGHTTPD] = "deflate.mimetypes = ()\n"
		    "server.range-requests = \"disable\"",
	},
	[TOPIC_ERRORS] = {
		[SERVER_APACHE] = "ProxyErrorOverride Off",
		[SERVER_NGINX] = "fastcgi_intercept_errors off;",
		[SERVER_LIGHTTPD] = "server.error-intercept = \"disable\"",
		[SERVER_CADDY] = "# no handle_response in reverse_proxy",
		[SERVER_H2O] = "# no error-doc for this path",
	},
	[TOPIC_TAGS] = {
		[SERVER_APACHE] = "SetEnv no-gzip 1\nSetEnv no-brotli 1\n"
		    "# or: DeflateAlterETag NoChange",
		[SERVER_NGINX] = "gzip off;",
		[SERVER_LIGHTTPD] = "deflate.mimetypes = ()",
		[SERVER_CADDY] = "@compress not path % %/*\n"
		    "encode @compress gzip",
		[SERVER_H2O] = "compress: OFF",
	},
	[TOPIC_AUTHORIZATION] = {
		[SERVER_APACHE] = "CGIPassAuth On",
		[SERVER_NGINX] =
		    "fastcgi_param HTTP_AUTHORIZATION $http_authorization;",
	},
	[TOPIC_USER] = {
		[SERVER_NGINX] = "fastcgi_param REMOTE_USER \"\";\n"
		    "# that before: include fastcgi_params;",
		[SERVER_APACHE] = "# no SetEnvIf that makes REMOTE_USER",
	},
	[TOPIC_SLASH] = {
		[SERVER_APACHE] = "AllowEncodedSlashes NoDecode",
	},
	[TOPIC_HOST] = {
		[SERVER_APACHE] = "ProxyPreserveHost On",
		[SERVER_NGINX] = "fastcgi_param HTTP_HOST $http_host;\n"
		    "# or in a proxy: proxy_set_header Host $http_host;",
		[SERVER_CADDY] = "header_up Host {host}",
		[SERVER_H2O] = "proxy.preserve-host: ON",
	},
	[TOPIC_BODY] = {
		[SERVER_APACHE] = "FcgidMaxRequestLen %\nLimitRequestBody %",
		[SERVER_NGINX] = "client_max_body_size %;",
		[SERVER_LIGHTTPD] = "server.max-request-size = 0",
		[SERVER_CADDY] = "request_body {\n\tmax_size %\n}",
		[SERVER_H2O] = "limit-request-body: %",
	},
	[TOPIC_FILE] = {
		[SERVER_APACHE] = "<Location \"%\">\n\tRequire all denied\n"
		    "</Location>",
		[SERVER_NGINX] = "location = % { deny all; }",
		[SERVER_LIGHTTPD] = "$HTTP[\"url\"] == \"%\" {\n"
		    "\turl.access-deny = ( \"\" )\n}",
		[SERVER_CADDY] = "respond % 404",
		[SERVER_H2O] = "\"%\":\n  mruby.handler: "
		    "'Proc.new { [404, {}, []] }'",
	},
	[TOPIC_REPEAT] = {
		[SERVER_NGINX] = "fastcgi_next_upstream off;",
	},
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
	const char *from = lines[topic][server];
	struct text *text;

	if (!from)
		return NULL;
	text = mem_text_open(mem);
	for (; *from; from++)
		if (*from == '%')
			fputs(arg ? arg : "", text->out);
		else
			putc(*from, text->out);
	return mem_text(text);
}
