"""The thin typed layer over the CDK's core library: what a component's construct is written with."""
