"""The one folder of the program that imports ONNX Runtime."""
