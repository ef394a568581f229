use strict;
use warnings;
use LWP::UserAgent;

my $url = shift;
my $agent = LWP::UserAgent->new;
my $first = $agent->get($url);
my $tag = $first->header("ETag");
my $again = $agent->get($url, "If-None-Match" => $tag);
my @headers = ("If-Match" => $tag,
	"Content-Type" => "application/merge-patch+json");
my $saved = $agent->patch($url, @headers, Content => '{"body":"lwp"}');
my $stale = $agent->patch($url, @headers, Content => '{"body":"lost"}');
print join " ", map { $_->code } $first, $again, $saved, $stale;
