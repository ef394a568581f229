<?php
/* file_get_contents and its context, as many small scripts do it */
function ask($method, $headers = '', $body = '')
{
	global $argv, $row;
	$context = stream_context_create(['http' => [
		'method' => $method, 'header' => $headers, 'content' => $body,
		'ignore_errors' => true]]);
	$row = file_get_contents($argv[1], false, $context);
	$tag = '';
	foreach ($http_response_header as $line)
		if (stripos($line, 'ETag:') === 0)
			$tag = trim(substr($line, 5));
	return [explode(' ', $http_response_header[0])[1], $tag];
}

$first = ask('GET');
json_decode($row, false, 9, JSON_THROW_ON_ERROR);
$again = ask('GET', "If-None-Match: $first[1]");
$headers = "If-Match: $first[1]\r\nContent-Type: application/merge-patch+json";
$saved = ask('PATCH', $headers, '{"body":"streams"}');
$stale = ask('PATCH', $headers, '{"body":"lost"}');
echo "$first[0] $again[0] $saved[0] $stale[0]";
