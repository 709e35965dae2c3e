"""The network and everything it shares with training (torch, cv2, safetensors)."""
